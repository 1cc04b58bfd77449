#include "door/label_json.h"

static enum stance stance_from(struct slice name) {
    if (slice_equal(name, SLICE("promotes"))) return STANCE_PROMOTES;
    if (slice_equal(name, SLICE("debunks"))) return STANCE_DEBUNKS;
    return slice_equal(name, SLICE("mentions")) ? STANCE_MENTIONS : STANCE_NONE;
}

/* {"overclaim":false}: what a reader said of single flags. */
static void read_flags(const struct jnode *flags, struct label *out) {
    for (int m = 0; m < MEASURE_COUNT; m++) {
        const struct jnode *said = jtree_get(flags, report_measure_name((enum report_measure)m));
        if (said == NULL || !report_is_flag((enum report_measure)m)) continue;
        out->flags_known |= REPORT_FLAG(m);
        if (jtree_is_true(said)) out->flags_meant |= REPORT_FLAG(m);
    }
}

bool label_json_read(const struct jnode *node, struct arena *arena, struct label *out, struct fault *fault) {
    const struct jnode *topics = jtree_get(node, "topics"), *evidence = jtree_get(node, "evidence"),
                       *flags = jtree_get(node, "flags");
    if (jtree_is_object(flags) && topics == NULL && evidence == NULL) {
        *out = (struct label){.flags_only = true};
        read_flags(flags, out);
        return true;
    }
    if (!jtree_is_array(topics) || !jtree_is_object(evidence))
        return fault_set(fault, FAULT_INPUT, "a labelled line has \"topics\" and \"evidence\", or \"flags\"");
    *out = (struct label){.idea = jtree_is_true(jtree_get(node, "teaching_idea")),
                          .hype = jtree_is_true(jtree_get(evidence, "hype")),
                          .promotion = jtree_is_true(jtree_get(evidence, "promo")),
                          .level = (int)jtree_int(jtree_get(evidence, "level"), 0),
                          .myth = stance_from(jtree_get_text(evidence, "myth"))};
    if (jtree_is_object(flags)) read_flags(flags, out);
    for (size_t i = 0; i < jtree_count(topics); i++)
        if (!slice_list_add(arena, &out->topics, jtree_text(jtree_at(topics, i)))) return fault_memory(fault);
    return true;
}
