/* page_type: what kind of page it is, by what it says of itself and by its address. Within parse/ only. */
#ifndef DISCERN_PARSE_PAGE_TYPE_H
#define DISCERN_PARSE_PAGE_TYPE_H

#include "base/slice.h"
#include "parse/page_sheet.h"

/* `url` may be absent. The tree must have been built; blocks and marks are not looked at. */
enum page_type page_type_of(const struct page_sheet *sheet, struct slice url);

#endif
