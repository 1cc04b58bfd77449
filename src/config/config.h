/* config: what the school wrote in discern.conf, sources.conf, prompts.conf and placeholders.conf, checked as a whole.
 * Reading is pure (bytes in, structs and problems out); only load.c touches files. Every mistake of every file is
 * collected. */
#ifndef DISCERN_CONFIG_CONFIG_H
#define DISCERN_CONFIG_CONFIG_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "base/option.h"
#include "base/problem.h"
#include "model/digest.h"
#include "model/focus.h"
#include "model/source.h"

/* How to reach the network, and how hard. */
struct network_options {
    int64_t in_flight, in_flight_per_host;
    int64_t spacing_s; /* least time between two requests to one host */
    int64_t connect_timeout_s, total_timeout_s, deadline_s;
    int64_t pages_a_run; /* linked pages read in one run */
    struct slice proxy;  /* absent = none, whatever the environment says */
    bool follow_links, look_up_works, look_up_copies;
    struct slice crossref, datacite, archive; /* other addresses of these services; absent = the real ones */
};

/* One way for a digest to reach people. */
enum delivery_kind { DELIVERY_FILES, DELIVERY_MAILDIR, DELIVERY_SENDMAIL, DELIVERY_SMTP };
struct delivery {
    struct slice name;
    int kind;                          /* enum delivery_kind */
    struct slice folder;               /* files, maildir */
    struct slice program;              /* sendmail */
    struct slice server, user, secret; /* smtp: smtp://host:port */
    bool without_tls;
    int64_t timeout_s; /* smtp: for one mail */
    struct slice from, unsubscribe;
    struct slice_list to;
    struct place place;
};
struct delivery_list {
    struct delivery *at;
    size_t count, capacity;
};

struct reader_list {
    struct reader *at;
    size_t count, capacity;
};

struct config {
    struct slice school, contact, base_url, secrets_file;
    int64_t alarm_after;               /* failures in a row before a source is reported */
    double x_budget;                   /* dollars a month for X, 0 = none */
    double x_post_price, x_user_price; /* dollars that X charges for one */
    struct network_options network;
    const void *curate; /* the foreign table's values */
    struct reader_list readers;
    struct delivery_list deliveries;
    struct source_list sources;
    struct holiday_list holidays;
    struct prompt_set_list prompts;
    struct focus_template_list templates;
    struct slice_list placeholders; /* phrases of posts that hold no words of their own */
};

/* What the reader must know of other rooms. */
struct config_tables {
    const struct source_schema *const *kinds; /* source kinds */
    size_t kind_count;
    const struct option *curate; /* options allowed in the `choose` block */
    size_t curate_count, curate_bytes;
};

/* A file's name for messages and its bytes; text absent = there is no such file. Borrowed for the call. */
struct config_file {
    struct slice name, text;
};
struct config_files {
    struct config_file discern, sources, prompts, placeholders;
};

/* Reads them all. Everything in *out and in the problems is in `arena`, or borrowed from the files' texts, which must
 * live as long. False only when out of memory; whether the configuration holds is said by problems->errors. A missing
 * discern.conf or sources.conf is a problem. */
MUST_USE bool config_read(const struct config_tables *tables, const struct config_files *files, struct arena *arena,
                          struct config *out, struct problems *problems, struct fault *fault);
/* Reads the files of `folder` and calls config_read. FAULT_CONFIG when the folder or a file cannot be read. */
MUST_USE bool config_load(const struct config_tables *tables, const char *folder, struct arena *arena,
                          struct config *out, struct problems *problems, struct fault *fault);
/* A number that changes when one of these files of `folder` is written, replaced, made or removed. */
uint64_t config_stamp(const char *folder, const char *const *names, size_t count);
/* Bytes of one file, in arena; *found false when there is none. FAULT_CONFIG when it cannot be read or is too large. */
MUST_USE bool config_read_file(const char *path, struct arena *arena, struct slice *out, bool *found,
                               struct fault *fault);

#endif
