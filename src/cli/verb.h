/* verb: what a verb of the command line is, and the table of all of them. */
#ifndef DISCERN_CLI_VERB_H
#define DISCERN_CLI_VERB_H

#include <discern.h>

#include "args.h"

/* What is the same for every verb. */
struct cli {
    const char *home; /* --home or DISCERN_HOME, NULL = XDG folders */
    bool quiet, verbose, json;
    bool colour;   /* standard output is a terminal that takes colour */
    bool progress; /* standard error is a terminal: progress may be drawn there */
    int64_t now_s; /* the one reading of the clock */
};

struct verb {
    const char *name;     /* as typed */
    const char *summary;  /* half a line, for the list of verbs */
    const char *usage;    /* what follows the name: "[--kind KIND] FILE…|-" */
    const char *help;     /* a paragraph or two; may be "" */
    const char *examples; /* lines, each indented by two blanks; may be "" */
    const struct flag *flags;
    size_t flag_count;
    /* Returns the exit status. Messages go through say.h, results to standard output. */
    int (*run)(const struct cli *cli, const struct args *args);
};

/* One line a verb: declares it and registers it, in the order of `discern --help`. src/cli/cmd_NAME.c defines
 * `const struct verb verb_NAME`. */
#define VERBS(LINE)                                                                                                    \
    LINE(init)                                                                                                         \
    LINE(run)                                                                                                          \
    LINE(pull)                                                                                                         \
    LINE(follow)                                                                                                       \
    LINE(judge)                                                                                                        \
    LINE(digest)                                                                                                       \
    LINE(deliver)                                                                                                      \
    LINE(sources)                                                                                                      \
    LINE(rules)                                                                                                        \
    LINE(why)                                                                                                          \
    LINE(check)                                                                                                        \
    LINE(search)                                                                                                       \
    LINE(focus)                                                                                                        \
    LINE(mark)                                                                                                         \
    LINE(import)                                                                                                       \
    LINE(export)                                                                                                       \
    LINE(serve)                                                                                                        \
    LINE(doctor)                                                                                                       \
    LINE(settings)                                                                                                     \
    LINE(forget)                                                                                                       \
    LINE(backup)                                                                                                       \
    LINE(prune)                                                                                                        \
    LINE(parse)                                                                                                        \
    LINE(extract)                                                                                                      \
    LINE(classify)                                                                                                     \
    LINE(canon)                                                                                                        \
    LINE(completions)                                                                                                  \
    LINE(man)

/* All of them, ending in NULL; what is typed before any of them; the verb of that name, or NULL. */
const struct verb *const *verb_all(void);
const struct flag *verb_common(size_t *count);
const struct verb *verb_find(const char *name);
/* The acts of a verb that has several ("list | add ADDRESS | …"), read from its usage one by one: *usage moves on.
 * False when there is none, or no more. */
bool verb_next_act(const char **usage, const char **act, size_t *len);

#define DECLARE_VERB(name) extern const struct verb verb_##name;
VERBS(DECLARE_VERB)
#undef DECLARE_VERB

#endif
