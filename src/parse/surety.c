#include "parse/surety.h"

#include "base/attr.h"

#define LEAST 0.05
#define MOST 0.98
/* From a place that is not in the table. */
#define ALONE 0.6

/* Formats made for the purpose are better kept than what stands in the page; what an address shows is a guess. */
static const struct place {
    const char *from;
    double
        alone[SURETY_CANONICAL + 1]; /* by enum surety_fact: title authors date site description lang image canonical */
} places[] = {
    {"citation", {0.95, 0.95, 0.90, 0.90, 0.85, 0.80, 0.60, 0.60}},
    {"json-ld", {0.75, 0.85, 0.85, 0.80, 0.85, 0.80, 0.85, 0.80}},
    {"og", {0.70, 0.80, 0.85, 0.85, 0.85, 0.60, 0.85, 0.80}},
    {"meta", {0.70, 0.80, 0.80, 0.70, 0.85, 0.85, 0.75, 0.90}},
    {"microdata", {0.75, 0.85, 0.85, 0.70, 0.75, 0.75, 0.75, 0.75}},
    {"h1", {0.70, 0.60, 0.60, 0.60, 0.60, 0.60, 0.60, 0.60}},
    {"text", {0.65, 0.75, 0.80, 0.60, 0.60, 0.60, 0.60, 0.60}},
    {"title", {0.65, 0.60, 0.60, 0.60, 0.60, 0.60, 0.60, 0.60}},
    {"url", {0.50, 0.50, 0.70, 0.50, 0.50, 0.50, 0.50, 0.50}},
    {"modified", {0.50, 0.50, 0.50, 0.50, 0.50, 0.50, 0.50, 0.50}},
};

double surety_of_place(enum surety_fact fact, struct slice from) {
    for (size_t i = 0; i < COUNT_OF(places); i++)
        if (slice_equal(from, slice_from(places[i].from))) return places[i].alone[fact];
    return ALONE;
}

double surety_weigh(double alone, struct surety_tally tally) {
    double doubt = 1 - alone;
    for (size_t i = 0; i < tally.agree; i++) doubt /= 2;
    for (size_t i = 0; i < tally.differ; i++) doubt += (1 - doubt) / 4;
    double sure = 1 - doubt;
    if (sure < LEAST) sure = LEAST;
    if (sure > MOST) sure = MOST;
    return (double)(int)(sure * 100 + 0.5) / 100;
}
