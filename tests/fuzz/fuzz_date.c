/* Any text as a date: an instant of the calendar, or none; and what was read is read the same from its RFC 3339 form.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/when.h"
#include "parse/date.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char text[WHEN_TEXT_BYTES];
    int64_t instant_s = WHEN_ABSENT, again_s = WHEN_ABSENT;
    if (!date_parse(slice_of((const char *)data, size), &instant_s)) return instant_s == WHEN_ABSENT ? 0 : -1;
    int year = when_to_civil(instant_s).year;
    if (year < 999 || year > 10000) abort();
    when_rfc3339(instant_s, text);
    if (year >= 1000 && year <= 9999 && (!date_parse(slice_from(text), &again_s) || again_s != instant_s)) abort();
    return 0;
}
