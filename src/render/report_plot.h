/* report_plot: the small plots of a report, as inline SVG without a style or a script of its own. Every plot stands
 * beside a table that holds the same numbers. */
#ifndef DISCERN_RENDER_REPORT_PLOT_H
#define DISCERN_RENDER_REPORT_PLOT_H

#include "render/report.h"

/* The range as a bar on a line from 0 to 100 %, the share as a dot, the share of all sources as a stroke. Nothing where
 * nothing is said in per cent. */
void report_plot_range(struct html *html, struct pen *pen, const struct rate *own, const struct rate *all);
/* `part` of `whole` as a bar. */
void report_plot_bar(struct html *html, struct pen *pen, int64_t part, int64_t whole);
/* Posts over time as columns, of which the lower, filled part gives a source. */
void report_plot_spans(struct html *html, struct pen *pen, const struct source_report *report);

#endif
