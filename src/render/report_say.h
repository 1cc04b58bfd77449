/* report_say: how the figures of a report are said, the same in every format. */
#ifndef DISCERN_RENDER_REPORT_SAY_H
#define DISCERN_RENDER_REPORT_SAY_H

#include "render/report.h"

/* In the pen's arena, printf-like; absent when the pen failed. `pen` is evaluated twice. */
#define report_say(pen, ...) report_kept((pen), arena_printf((pen)->arena, __VA_ARGS__))
struct slice report_kept(struct pen *pen, const char *text);
/* "43 of 112". */
struct slice report_count(struct pen *pen, const struct rate *rate);
/* "38 % (30–48 %)", or "too few to judge". */
struct slice report_share(struct pen *pen, const struct rate *rate);
/* "27 August to 25 November 2026", "all posts to 25 November 2026". */
struct slice report_days(struct pen *pen, const struct report_set *set);
/* "November 2026", "January 2025 to June 2025". */
struct slice report_span_words(struct pen *pen, const struct report_span *span);
/* A topic or phase in words. */
struct slice report_topic(struct pen *pen, const struct topic_count *topic);
/* What stands beside the figures on every report. Static. */
struct slice report_footnote(void);
/* "112 posts, 8.7 a week, newest 24 November 2026, longest silence 9 days". */
struct slice report_rhythm(struct pen *pen, const struct source_report *report);

#endif
