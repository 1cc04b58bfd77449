/* pdf_day: the day, the month or the year that the first page of a report shows. Within parse/ only. */
#ifndef DISCERN_PARSE_PDF_DAY_H
#define DISCERN_PARSE_PDF_DAY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

enum pdf_day_part { PDF_NO_DAY, PDF_YEAR, PDF_MONTH, PDF_DAY };

struct pdf_day {
    enum pdf_day_part part; /* how much of it is shown */
    int64_t first_s;        /* the beginning of that year, month or day */
};

/* From a line that holds nothing else; the most exact one, then the first. */
struct pdf_day pdf_day_read(struct slice first_page);
/* True when `when` lies in it. */
bool pdf_day_holds(const struct pdf_day *day, int64_t when);

#endif
