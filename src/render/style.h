/* style: the stylesheet as shipped: config/style.css, put into the program when it is built. */
#ifndef DISCERN_RENDER_STYLE_H
#define DISCERN_RENDER_STYLE_H

#include "base/slice.h"

struct slice style_shipped(void);

#endif
