/* date_word: the words that stand in dates: months, halves of the day and time zones, in the languages met in feeds. */
#ifndef DISCERN_PARSE_DATE_WORD_H
#define DISCERN_PARSE_DATE_WORD_H

#include <stdbool.h>

#include "base/slice.h"

enum date_word_kind {
    DATE_WORD_OTHER,
    DATE_WORD_MONTH,
    DATE_WORD_WEEKDAY,
    DATE_WORD_AM,
    DATE_WORD_PM,
    DATE_WORD_ZONE,
    DATE_WORD_KOREAN
};

struct date_word {
    enum date_word_kind kind;
    int value; /* month 1..12; day of the week, Sunday 1 .. Saturday 7; zone: minutes east of UTC */
};

/* `word`: letters only, UTF-8, any ASCII case. Unknown words are DATE_WORD_OTHER. */
struct date_word date_word_find(struct slice word);

#endif
