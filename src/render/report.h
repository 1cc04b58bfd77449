/* report: the figures on sources as a page, as words for a terminal, as CSV and as JSON. Counts always stand beside
 * shares, shares beside their range; of fewer than REPORT_LEAST nothing is said in per cent. */
#ifndef DISCERN_RENDER_REPORT_H
#define DISCERN_RENDER_REPORT_H

#include "base/attr.h"
#include "base/buf.h"
#include "base/fault.h"
#include "model/report.h"
#include "render/format.h"
#include "render/html.h"
#include "render/pen.h"

enum report_scope {
    REPORT_ALL, /* every source of the set, side by side */
    REPORT_ONE  /* the set's only source, with its newest posts */
};

struct report_view {
    const struct report_set *set;
    enum report_scope scope;
    const struct look *look;
    struct slice school;
    /* On the local pages: writes the way to mark this flag of this post wrong. NULL = none. */
    void (*mark)(void *to, struct html *html, const struct report_post *post, enum report_measure flag);
    void *mark_to;
    struct slice source_path; /* where the page of a source stands: "/sources/"; absent = nowhere */
};

struct report_format {
    const char *name; /* text html csv json */
    bool (*write)(const struct report_view *view, struct buf *out, struct fault *fault);
};

/* One line a format: declares and registers it. */
#define REPORT_FORMATS(LINE)                                                                                           \
    LINE(text)                                                                                                         \
    LINE(html)                                                                                                         \
    LINE(csv)                                                                                                          \
    LINE(json)

#define DECLARE_REPORT_FORMAT(name) extern const struct report_format report_##name;
REPORT_FORMATS(DECLARE_REPORT_FORMAT)
#undef DECLARE_REPORT_FORMAT

/* NULL when there is none of that name. */
const struct report_format *report_format_find(struct slice name);

/* What the page holds between its head and its foot; its style beside the style sheet is report_style. */
void report_html_body(struct html *html, struct pen *pen, const struct report_view *view);
struct slice report_style(struct pen *pen);

#endif
