/* format: the contract of an output format, and the tables of all. A digest (or several) in, bytes out: no file, no
 * clock, no network; the same digest gives the same bytes. Everything from outside is escaped for the format's own
 * syntax on its way out. */
#ifndef DISCERN_RENDER_FORMAT_H
#define DISCERN_RENDER_FORMAT_H

#include "base/attr.h"
#include "base/buf.h"
#include "base/fault.h"
#include "model/digest.h"
#include "render/words.h"

/* What a school can change, and what a format needs beside the digest. The zero value works: words and stylesheet as
 * shipped, no mail addresses. Borrowed for the call. */
enum look_site { LOOK_ALONE, LOOK_WITH_SITE }; /* whether the pages of render/site.h stand beside it */
struct look {
    enum look_site site;
    const struct words *words; /* NULL = as shipped */
    struct slice style;        /* the stylesheet; absent = as shipped */
    struct slice logo;         /* an SVG picture, at most LIMIT_LOGO_BYTES; absent = none */
    struct {
        struct slice from, to;    /* addresses; absent = left out, as in a file to be sent by hand */
        struct slice unsubscribe; /* mail or web address; absent = none */
        struct slice page;        /* where this digest's page stands, absent = made of digest->base_url */
    } mail;
};

struct format {
    const char *name;       /* html eml md txt json */
    const char *file;       /* index.html, digest.eml … as it is called in the day's folder */
    const char *media_type; /* with charset */
    const char *help;       /* one sentence */
    bool (*write)(const struct digest *digest, const struct look *look, struct buf *out, struct fault *fault);
};

/* A format of many days: the digests newest first, all of one reader. */
struct run_format {
    const char *name, *file, *media_type, *help; /* feed.xml, feed.json, index.html */
    size_t most;                                 /* digests that it holds at most: more are left out */
    bool (*write)(const struct digest_list *digests, const struct look *look, struct buf *out, struct fault *fault);
};

/* One line a format: declares and registers it. */
#define DAY_FORMATS(LINE)                                                                                              \
    LINE(html)                                                                                                         \
    LINE(eml)                                                                                                          \
    LINE(md)                                                                                                           \
    LINE(txt)                                                                                                          \
    LINE(json)

#define DECLARE_FORMAT(name) extern const struct format format_##name;
DAY_FORMATS(DECLARE_FORMAT)
#undef DECLARE_FORMAT

#define RUN_FORMATS(LINE)                                                                                              \
    LINE(days)                                                                                                         \
    LINE(atom)                                                                                                         \
    LINE(jsonfeed)

#define DECLARE_FORMAT(name) extern const struct run_format run_##name;
RUN_FORMATS(DECLARE_FORMAT)
#undef DECLARE_FORMAT

const struct run_format *const *run_formats(size_t *count);
const struct format *const *day_formats(size_t *count);
const struct format *day_format_find(struct slice name);

/* A digest's file never grows past this. */
#define LIMIT_RENDER_BYTES ((size_t)16 * 1024 * 1024)

#endif
