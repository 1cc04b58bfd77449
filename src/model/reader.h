/* reader: for whom a digest is made, as the configuration says. Borrowed from the configuration. */
#ifndef DISCERN_MODEL_READER_H
#define DISCERN_MODEL_READER_H

#include <stdbool.h>
#include <stdint.h>

#include "model/item.h"

/* Who a digest is for. */
struct reader {
    struct slice name;                  /* file-name safe: a-z 0-9 - */
    struct slice title;                 /* "Maths department" */
    struct slice_list phases, subjects; /* ids; empty = all */
    struct slice_list topics_wanted, topics_unwanted;
    struct slice_list sections;   /* names of section kinds in their order; empty = all, as usual */
    int64_t length;               /* entries, 1..20 */
    uint8_t days;                 /* bit d: sent on weekday d (0 = Sunday) */
    struct slice_list deliveries; /* names of deliver blocks */
    bool is_lead;                 /* gets the trouble lines */
};

#endif
