#include "model/report.h"

#include "base/attr.h"

static const struct {
    const char *name, *words;
} measures[] = {
    [MEASURE_TRACEABLE] = {"traceable", "Gives a source that can be traced"},
    [MEASURE_OPENS] = {"opens", "Links to such sources that open"},
    [MEASURE_OVERCLAIM] = {"overclaim", "Claims more than its source"},
    [MEASURE_MYTH] = {"myth", "Repeats a known myth"},
    [MEASURE_HYPE] = {"hype", "Loud words"},
    [MEASURE_PROMOTION] = {"promotion", "Promotes something to buy or join"},
    [MEASURE_INTEREST] = {"interest", "Declares an interest"},
    [MEASURE_OWN_RESULTS] = {"own-results", "Reports own classroom results"},
    [MEASURE_CHOSEN] = {"chosen", "Chosen for a digest"},
};

static const struct {
    const char *name, *words, *rule;
} suggestions[] = {
    [SUGGEST_KEEP] = {"keep", "keep", "nothing below applies"},
    [SUGGEST_CHECK_CLAIMS] =
        {"check-claims", "keep, and check its claims",
         "three posts or more claim more than their source, and the lower end of that share's range "
         "is above the share of all sources"},
    [SUGGEST_WATCH] = {"watch", "watch: too few posts to judge", "fewer than 20 posts"},
    [SUGGEST_QUIET] = {"quiet", "quiet", "no post in the last 60 days"},
    [SUGGEST_REPAIR] = {"repair", "repair",
                        "it failed to answer three times or more in a row, or of 20 links or more surely less than "
                        "half open"},
    [SUGGEST_DROP] = {"drop", "consider dropping",
                      "50 posts or more, and the lower end of its range for claims larger than their source is above "
                      "twice the share of all sources"},
};

bool rate_says(const struct rate *rate) {
    return rate->of >= REPORT_LEAST;
}

double rate_share(const struct rate *rate) {
    return rate->of > 0 ? (double)rate->hits / (double)rate->of : 0;
}

bool report_is_flag(enum report_measure measure) {
    return measure != MEASURE_OPENS && measure != MEASURE_CHOSEN;
}

const char *report_measure_words(enum report_measure measure) {
    return measures[measure].words;
}

const char *report_measure_name(enum report_measure measure) {
    return measures[measure].name;
}

bool report_flag_from(struct slice name, enum report_measure *out) {
    for (int m = 0; m < MEASURE_COUNT; m++) {
        enum report_measure measure = (enum report_measure)m;
        if (!report_is_flag(measure) || !slice_equal(name, slice_from(measures[m].name))) continue;
        *out = measure;
        return true;
    }
    return false;
}

const char *suggestion_words(enum suggestion suggestion) {
    return suggestions[suggestion].words;
}

const char *suggestion_name(enum suggestion suggestion) {
    return suggestions[suggestion].name;
}

const char *suggestion_rule(enum suggestion suggestion) {
    return suggestions[suggestion].rule;
}
