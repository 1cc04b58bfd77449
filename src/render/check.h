/* check: what was found behind one address, as a page of one side, as words for a terminal and as JSON. */
#ifndef DISCERN_RENDER_CHECK_H
#define DISCERN_RENDER_CHECK_H

#include "base/attr.h"
#include "base/buf.h"
#include "base/fault.h"
#include "model/link_check.h"
#include "render/format.h"
#include "render/html.h"
#include "render/pen.h"

struct check_view {
    const struct link_check *check;
    const struct look *look;
    struct slice school;
};

struct check_format {
    const char *name; /* text html json */
    bool (*write)(const struct check_view *view, struct buf *out, struct fault *fault);
};

/* One line a format: declares and registers it. */
#define CHECK_FORMATS(LINE)                                                                                            \
    LINE(text)                                                                                                         \
    LINE(html)                                                                                                         \
    LINE(json)

#define DECLARE_CHECK_FORMAT(name) extern const struct check_format check_##name;
CHECK_FORMATS(DECLARE_CHECK_FORMAT)
#undef DECLARE_CHECK_FORMAT

/* What the page holds between its head and its foot, and its style beside the style sheet. */
void check_html_body(struct html *html, struct pen *pen, const struct check_view *view);
struct slice check_style(void);

/* NULL when there is none of that name. */
const struct check_format *check_format_find(struct slice name);

#endif
