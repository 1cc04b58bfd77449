/* meta_date: days as a page writes them, in words, in numbers of either order and in its address. Within parse/ only.
 */
#ifndef DISCERN_PARSE_META_DATE_H
#define DISCERN_PARSE_META_DATE_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/slice.h"
#include "parse/date.h"
#include "parse/page_sheet.h"

/* Whether "04/11/2019" on this page is in April or in November, by its language and the land its host is in. */
enum date_order meta_date_order(const struct page_sheet *sheet, struct slice url);
/* `text` as it is, or as ISO 8601 where its words alone would not tell the instant or the writer's day (order of
 * numbers, clocks elsewhere, seconds since 1970); absent when it is no date. In arena. False only when out of memory.
 */
MUST_USE bool meta_date_say(struct arena *arena, enum date_order order, struct slice text, struct slice *out);
/* The day in "/2026/03/05/", "/2026/mar/05/", "-2026-03-05", "/20260305" of an address, or WHEN_ABSENT. */
int64_t meta_date_in_url(struct slice url);

#endif
