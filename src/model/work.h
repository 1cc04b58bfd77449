/* work: what a reference turned out to be, as Crossref or DataCite says. */
#ifndef DISCERN_MODEL_WORK_H
#define DISCERN_MODEL_WORK_H

#include <stdbool.h>
#include <stdint.h>

#include "model/item.h"

enum work_state { WORK_NOT_LOOKED_UP, WORK_FOUND, WORK_NOT_FOUND, WORK_LOOKUP_FAILED };
enum work_notice { WORK_NO_NOTICE, WORK_CORRECTED, WORK_CONCERN, WORK_RETRACTED };

struct work {
    struct slice id; /* lower-case DOI, or kind:id of another scheme */
    enum work_state state;
    struct slice type; /* Crossref's word: journal-article, posted-content, book-chapter, dataset … */
    struct slice title, journal, url, open_access_url;
    struct slice_list authors;
    int year; /* 0 = not said */
    enum work_notice notice;
    struct slice notice_id;   /* DOI of the notice */
    struct slice preprint_of; /* DOI of the published version */
    bool is_synthesis;        /* title or type says systematic review or meta-analysis */
    int64_t looked_up_s;
};
struct work_list {
    struct work *at;
    size_t count, capacity;
};

#endif
