#include "model/report.h"

const char *report_measure_words(enum report_measure measure) {
    static const char *const words[] = {"Gives a source that can be traced",
                                        "… and its link still opens",
                                        "Claims more than its source",
                                        "Repeats a known myth",
                                        "Promotes something to buy or join",
                                        "Reports own classroom results",
                                        "Chosen for a digest",
                                        "Flags marked wrong by readers"};
    return measure < MEASURE_COUNT ? words[measure] : "";
}

const char *suggestion_words(enum suggestion suggestion) {
    static const char *const words[] = {"keep",  "keep, and check its claims", "watch: too few posts to judge",
                                        "quiet", "repair: it does not answer", "consider dropping"};
    return words[suggestion];
}
