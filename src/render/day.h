/* day: a digest as a whole as a reader sees it: its heading, how long it takes, and how it ends. */
#ifndef DISCERN_RENDER_DAY_H
#define DISCERN_RENDER_DAY_H

#include "model/digest.h"
#include "render/pen.h"

struct day {
    struct slice date_words;   /* Tuesday 24 November 2026 */
    struct slice who;          /* "Northfield Academy, Maths department" */
    struct slice_list summary; /* "6 ideas today", "2 minutes to skim" */
    size_t entries, ideas;     /* ideas: without those to be checked first */
    struct slice empty;        /* what an empty day says, absent = there are entries */
    struct slice_list left;    /* why others are not shown, absent entries left out */
    struct slice left_heading;
    struct slice since; /* said when the last list was long ago; absent = it was not */
};
struct day day_make(struct pen *pen, const struct digest *digest);
struct slice day_section_heading(const struct pen *pen, const struct section *section);
struct slice day_section_intro(const struct pen *pen, const struct section *section);
/* "your focus: Week 3 of 6, evaluate". */
struct slice day_focus_line(struct pen *pen, const struct focus_block *focus);
/* What is to be said of it beside its question, a line each: may be none. */
struct slice_list day_focus_notes(struct pen *pen, const struct focus_block *focus);
/* A code may be an anchor: letters and digits, at most 8. */
bool day_code_holds(struct slice code);

#endif
