#include "curate/options.h"

#include "base/attr.h"

#define AT(field) offsetof(struct curate_options, field)
const struct option curate_option_table[] = {
    {"evidence", OPTION_REAL, AT(evidence), 0, 100, NULL, "40", "most points for a trail to a source"},
    {"fit", OPTION_REAL, AT(fit), 0, 100, NULL, "20", "most points for the reader's phase, subject and topics"},
    {"usable", OPTION_REAL, AT(usable), 0, 100, NULL, "15", "most points for a step, example or resource to try"},
    {"fresh", OPTION_REAL, AT(fresh), 0, 100, NULL, "10", "most points for being new to us"},
    {"shared", OPTION_REAL, AT(shared), 0, 100, NULL, "10", "most points for separate people sharing it"},
    {"tried", OPTION_REAL, AT(tried), 0, 100, NULL, "5",
     "most points for an author who tried it and tells what happened"},
    {"hype", OPTION_REAL, AT(hype), 0, 100, NULL, "30", "most points taken for big words and known myths"},
    {"repeat", OPTION_REAL, AT(repeat), 0, 100, NULL, "20", "most points taken for an idea shown not long ago"},
    {"fresh-half", OPTION_REAL, AT(fresh_half_h), 1, 720, NULL, "48", "hours after which freshness is worth half"},
    {"bar", OPTION_REAL, AT(bar), 0, 100, NULL, "45", "stories with fewer points are not shown"},
    {"topic-cover", OPTION_REAL, AT(topic_cover), 0, 50, NULL, "8", "pull towards topics not yet in the list"},
    {"likeness", OPTION_REAL, AT(likeness), 0, 50, NULL, "12", "push away from what is in the list"},
    {"per-author", OPTION_INT, AT(per_author), 1, 20, NULL, "1", "entries of one author a day"},
    {"per-host", OPTION_INT, AT(per_host), 1, 20, NULL, "2", "entries that lead to one website a day"},
    {"per-topic", OPTION_INT, AT(per_topic), 1, 20, NULL, "2", "entries on one topic a day"},
    {"network-percent", OPTION_INT, AT(network_percent), 10, 100, NULL, "60", "share of one network, in per cent"},
    {"check-first", OPTION_INT, AT(check_first), 0, 5, NULL, "1", "entries a day under 'Check first'"},
    {"deepening", OPTION_INT, AT(deepening), 0, 5, NULL, "2", "entries a day that deepen the focus"},
    {"classroom", OPTION_INT, AT(classroom), 0, 5, NULL, "1", "places kept for a teacher's account"},
    {"new-voice", OPTION_INT, AT(new_voice), 0, 5, NULL, "1", "places kept for a source seldom shown"},
    {"challenge", OPTION_INT, AT(challenge), 0, 5, NULL, "1", "places kept for another view of what was often shown"},
    {"repeat-days", OPTION_INT, AT(repeat_days), 1, 56, NULL, "28", "days in which an idea is not shown again"},
    {"window-days", OPTION_INT, AT(window_days), 1, 60, NULL, "14", "items older than that are not looked at"},
};
#undef AT

const size_t curate_option_count = COUNT_OF(curate_option_table);
