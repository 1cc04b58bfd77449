#include "door/explain.h"

#include "base/utf8.h"

#define CONTEXT_BYTES 60
#define LINE_SHOWN_BYTES 60

static void heading(struct buf *out, enum explain_colour colour, const char *text) {
    buf_printf(out, colour == EXPLAIN_COLOURED ? "\n\033[1m%s\033[0m\n" : "\n%s\n", text);
}

static void lines(struct buf *out, const char *mark, const struct slice_list *list) {
    for (size_t i = 0; i < list->count; i++) buf_printf(out, "  %s %.*s\n", mark, SLICE_ARGS(list->at[i]));
}

/* Some words before and after, cut at blanks, on one line. */
static void add_context(struct buf *out, struct slice text, size_t start, size_t end, enum explain_colour colour) {
    size_t from = start > CONTEXT_BYTES ? start - CONTEXT_BYTES : 0,
           to = end + CONTEXT_BYTES < text.len ? end + CONTEXT_BYTES : text.len;
    while (from > 0 && from < start && (unsigned char)text.at[from] > ' ') from++;
    while (to < text.len && to > end && (unsigned char)text.at[to] > ' ') to--;
    size_t before = out->len;
    if (from > 0) buf_add_text(out, "…");
    buf_add(out, slice_part(text, from, start));
    buf_add_text(out, colour == EXPLAIN_COLOURED ? "\033[7m" : "[");
    buf_add(out, slice_part(text, start, end));
    buf_add_text(out, colour == EXPLAIN_COLOURED ? "\033[0m" : "]");
    buf_add(out, slice_part(text, end, to));
    if (to < text.len) buf_add_text(out, "…");
    for (size_t i = before; i < out->len; i++)
        if (out->at[i] == '\n' || out->at[i] == '\t') out->at[i] = ' ';
}

const char *explain_state(enum hit_state state) {
    switch (state) {
        case HIT_COUNTED: return "counted";
        case HIT_NEGATED: return "not counted: negated";
        case HIT_VETOED: return "not counted: a 'not' line stands against it";
        case HIT_LONELY: return "not counted: its company stands too far away";
        case HIT_SHADOWED: return "not counted again: longer words of the same rule cover it";
    }
    return "";
}

void explain_line(const struct hit *hit, struct buf *out) {
    struct slice form = hit->form, file = hit->file;
    size_t slash = file.len;
    if (form.len <= LINE_SHOWN_BYTES) {
        buf_printf(out, "'%.*s'", SLICE_ARGS(form));
        return;
    }
    while (slash > 0 && file.at[slash - 1] != '/') slash--;
    buf_printf(out, "'%.*s…' (the pattern in %.*s, line %u)", SLICE_ARGS(utf8_cut(form, LINE_SHOWN_BYTES / 2)),
               SLICE_ARGS(slice_part(file, slash, file.len)), hit->file_line);
}

static void add_hits(const struct document *document, const struct verdict *verdict, enum explain_colour colour,
                     struct buf *out) {
    heading(out, colour, "Where the words stand");
    if (verdict->hits.count == 0) buf_add_text(out, "  no words of any rule\n");
    for (size_t i = 0; i < verdict->hits.count; i++) {
        const struct hit *hit = &verdict->hits.at[i];
        struct slice text = document_field(document, hit->field);
        buf_printf(out, "  %-24.*s %-13s ", SLICE_ARGS(hit->rule), field_name(hit->field));
        if (!slice_is_empty(text) && hit->end <= text.len) add_context(out, text, hit->start, hit->end, colour);
        else buf_add(out, hit->text);
        buf_printf(out, "\n  %-24s by ", "");
        explain_line(hit, out);
        buf_printf(out, ", %s\n", explain_state(hit->state));
    }
}

static void add_topics(const struct verdict *verdict, enum explain_colour colour, struct buf *out) {
    heading(out, colour, "Topics");
    if (verdict->topics.count == 0) buf_add_text(out, "  none\n");
    for (size_t i = 0; i < verdict->topics.count; i++) {
        const struct topic_score *topic = &verdict->topics.at[i];
        buf_printf(out, "  %.2f  %.*s (%.*s)\n", topic->score, SLICE_ARGS(topic->label), SLICE_ARGS(topic->id));
    }
}

void explain_verdict(const struct document *document, const struct verdict *verdict, enum explain_colour colour,
                     struct buf *out) {
    heading(out, colour, "How it is backed up, as presented");
    buf_printf(out, "  %d  %.*s\n", verdict->level, SLICE_ARGS(verdict->level_label));
    lines(out, "found:", &verdict->because);
    lines(out, "missing:", &verdict->missing);
    lines(out, "note:", &verdict->notes);
    if (verdict->check_first) lines(out, "check first:", &verdict->check_reasons);
    lines(out, "not decided:", &verdict->skipped);
    add_topics(verdict, colour, out);
    heading(out, colour, "An idea that a teacher could use");
    buf_printf(out, "  %s (%.2f)\n", verdict->is_idea ? "yes" : "no", verdict->idea_score);
    add_hits(document, verdict, colour, out);
}
