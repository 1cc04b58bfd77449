/* form_style: style beyond the style sheet, for pages with forms and for sheets that are printed. Static. */
#ifndef DISCERN_RENDER_FORM_STYLE_H
#define DISCERN_RENDER_FORM_STYLE_H

#include "base/slice.h"

struct slice style_forms(void);  /* labels, fields, buttons */
struct slice style_sheets(void); /* a side of A4 each section, a card of A5 */

#endif
