/* discern: the library's public face. The command line uses nothing else.
 *
 * One way for failing: a function returns the exit status that the command line would give (enum discern_status) and,
 * when it is not DISCERN_DONE, leaves one line in *error. Strings are NUL-terminated UTF-8 and borrowed for the call
 * unless said otherwise. Texts that came from outside are untrusted: escape them for where they are shown. */
#ifndef DISCERN_H
#define DISCERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum discern_status {
    DISCERN_DONE = 0,      /* done; single sources may have failed below their alarm threshold */
    DISCERN_ACT = 1,       /* done in part or not done: a person must act */
    DISCERN_WRONG = 2,     /* wrong usage, or a configuration or rule that does not hold */
    DISCERN_TRY_LATER = 75 /* another run holds the lock, or nothing could be reached */
};

#define DISCERN_ERROR_BYTES 512
struct discern_error {
    char text[DISCERN_ERROR_BYTES]; /* one line, "" when there is nothing to say */
};

/* Takes `len` bytes of a result; false stops the work (the reader went away, the disk is full). */
typedef bool discern_write(void *to, const char *at, size_t len);

/* ---- About ---- */

/* "0.1.0". Static. */
const char *discern_version(void);
/* One line a library that discern runs on: "libcurl 7.88.1". Borrowed for ever. NULL past the last index. */
const char *discern_library(size_t index);

/* ---- A home: configuration, store and pages of one school ---- */

/* How a table is written: aligned words for people, or one JSON array. */
enum discern_form { DISCERN_TEXT, DISCERN_JSON, DISCERN_HTML /* where it says so */ };

struct discern_places {
    const char *config_dir; /* holds discern.conf, sources.conf, prompts.conf, rules/ */
    const char *store_path; /* the database file; its folder is made when missing */
    const char *site_dir;   /* where digests are written */
};

/* What is told while working. */
enum discern_note {
    DISCERN_INFO,     /* what was done: for --verbose */
    DISCERN_PROGRESS, /* a state that replaces the one before: for a terminal */
    DISCERN_TROUBLE,  /* what a person should look at: shown unless --quiet */
    DISCERN_WARNING,  /* what may be a mistake in such a file: nothing that a cron job wakes anyone for */
    DISCERN_PROBLEM   /* a mistake in a file that a person wrote, with its place: always shown */
};
/* `text` is one line for all but DISCERN_WARNING and DISCERN_PROBLEM, which hold several, each ending in a line break.
 * Untrusted in part.
 */
typedef void discern_report(void *to, enum discern_note note, const char *text);

struct discern_options {
    struct discern_places places;
    int64_t now_s;          /* the time of the call, seconds since 1970 */
    discern_report *report; /* may be NULL */
    void *report_to;
};

struct discern; /* an opened home */

/* Reads the configuration and the rules and opens the store (made when missing). Owned by the caller. Mistakes are all
 * reported, then DISCERN_WRONG. DISCERN_ACT when the store cannot be opened, is damaged or comes from a newer discern.
 */
int discern_open(const struct discern_options *options, struct discern **out, struct discern_error *error);
/* Releases; *home becomes NULL. */
void discern_close(struct discern **home);

/* ---- A first configuration ---- */

struct discern_init {
    const char *config_dir; /* made when missing */
    bool force;             /* also replace what a person changed; theirs is kept as NAME.old */
    enum discern_form form; /* of what is written: words and the next steps, or one JSON array of files */
};

/* Writes the starter configuration and the rules, file by file, each whole. Files that nobody touched since discern
 * wrote them are brought up to date; what a person changed is kept unless `force`. `write` may be NULL. */
int discern_init(const struct discern_init *options, discern_write *write, void *to, struct discern_error *error);

/* Writes the reference of every setting of every file, with type, range, default and meaning, as Markdown. */
int discern_settings(discern_write *write, void *to, struct discern_error *error);

/* ---- The run ---- */

enum discern_leg {
    DISCERN_PULL = 1,    /* fetch posts from the sources that are due */
    DISCERN_FOLLOW = 2,  /* read what they link to, and what that rests on */
    DISCERN_JUDGE = 4,   /* tag and rate what is new or touched by changed rules */
    DISCERN_DIGEST = 8,  /* choose and write the digest */
    DISCERN_DELIVER = 16 /* send it */
};

struct discern_run_options {
    unsigned legs;          /* enum discern_leg, or-ed; walked in their order */
    const char *date;       /* YYYY-MM-DD of the digest; NULL = the day of now_s */
    const char *reader;     /* one reader profile; NULL = all */
    const char *out_dir;    /* instead of site_dir; NULL = site_dir */
    const char *source;     /* pull: this source only, due or not; NULL = all that are due */
    bool explain;           /* digest: write the whole choice, with what was left out and why */
    bool again;             /* deliver: also mails of which it is not known whether they went */
    enum discern_form form; /* of what is written: words, or one JSON object a digest, each on a line */
    discern_write *write;   /* results: where digests are, or the explained choice; may be NULL */
    void *write_to;
};

/* Walks the legs under the run lock. DISCERN_TRY_LATER when another run holds it, or nothing could be reached;
 * DISCERN_ACT when something needs a person. Each leg ends in a committed transaction: killed anywhere and run again,
 * the result is the same. */
int discern_run(struct discern *home, const struct discern_run_options *options, struct discern_error *error);

/* ---- Filters: bytes in, JSON lines out; no store, no network ---- */

struct discern_parse {
    const char *kind;         /* a source kind; NULL or "auto" = found out by content */
    const char *base_url;     /* where the bytes came from, for relative addresses; NULL = not known */
    const char *content_type; /* what the server called them; NULL = nothing */
    int64_t now_s;
};

/* Reads each file ("-" = standard input) and writes one JSON line for it, in the same order. DISCERN_ACT when one or
 * more could not be read (its line says why), DISCERN_WRONG when there is no such kind. */
int discern_parse(const struct discern_parse *options, const char *const *files, size_t count, discern_write *write,
                  void *to, struct discern_error *error);

struct discern_extract {
    const char *url;          /* where the page came from, for relative addresses; NULL = not known */
    const char *content_type; /* what the server called it; NULL = nothing */
    int64_t now_s;
};

/* Reads each web page or PDF ("-" = standard input) and writes one JSON line for it, in the same order: main text,
 * title, authors, dates, where each was found and how sure it is, links and references. DISCERN_ACT when one or more
 * could not be read (its line says why). */
int discern_extract(const struct discern_extract *options, const char *const *files, size_t count, discern_write *write,
                    void *to, struct discern_error *error);

struct discern_classify {
    const char *rules_dir;  /* folder of *.rules; NULL = the rules that discern came with */
    bool explain;           /* say every place where words of the rules stand, also those that did not count */
    discern_report *report; /* takes the mistakes in the rules (DISCERN_PROBLEM); may be NULL */
    void *report_to;
};

/* Reads JSON lines {"id","title","text","url","links","article":{"title","text","url","references"}} (only id and text
 * are required) from each file ("-" = standard input) and writes one JSON line for each, in the same order: topics, how
 * what it says is backed up, flags, and whether there is an idea in it. DISCERN_ACT when one or more lines could not be
 * read (their answer says why), DISCERN_WRONG when the rules do not hold. */
int discern_classify(const struct discern_classify *options, const char *const *files, size_t count,
                     discern_write *write, void *to, struct discern_error *error);

struct discern_canon {
    const char *rules_file; /* an urls.conf; NULL = the rules that discern came with */
    discern_report *report; /* takes the mistakes in the rules (DISCERN_PROBLEM); may be NULL */
    void *report_to;
};

/* Writes the canonical form of each address, one a line, in the same order ("-" = addresses from standard input, one a
 * line). What is no web address gives {"ok":false,"error":…,"url":…} and, in the end, DISCERN_ACT; DISCERN_WRONG when
 * the rules do not hold. */
int discern_canon(const struct discern_canon *options, const char *const *urls, size_t count, discern_write *write,
                  void *to, struct discern_error *error);

/* ---- Looking at what is there ---- */

enum discern_sources_view {
    DISCERN_SOURCES_LIST, /* all of them: state, rhythm, when asked next and why */
    DISCERN_SOURCES_CHECK /* only those that need a look, and why */
};
/* DISCERN_ACT when a source needs a look (check only). */
int discern_sources(struct discern *home, enum discern_sources_view view, enum discern_form form, discern_write *write,
                    void *to, struct discern_error *error);

struct discern_sources_add {
    const char *address;  /* a page, a feed, a profile, @user@host … */
    const char *name;     /* of the source; NULL = made from what was found */
    bool allow_loopback;  /* it may be on this machine */
    bool save;            /* add it to sources.conf; else only show it */
    discern_write *write; /* what was found, and the lines for sources.conf */
    void *write_to;
};
/* Finds what to follow at an address, asks it once, and shows what it gives; adds it to sources.conf when told to.
 * DISCERN_ACT when there is nothing to follow. */
int discern_sources_add(struct discern *home, const struct discern_sources_add *options, struct discern_error *error);
/* Adds the feeds of an OPML file that sources.conf does not hold yet, folders kept: all or none. */
int discern_sources_import(struct discern *home, const char *path, discern_write *write, void *to,
                           struct discern_error *error);
/* Writes the feeds of sources.conf as OPML 2.0. */
int discern_sources_export(struct discern *home, discern_write *write, void *to, struct discern_error *error);

/* Whether a change is made or only shown. */
enum discern_save { DISCERN_SHOW_ONLY, DISCERN_SAVE };
/* Takes a source out of sources.conf; comments stay. Its posts stay in the store. DISCERN_WRONG when there is none. */
int discern_sources_remove(struct discern *home, const char *name, enum discern_save save, discern_write *write,
                           void *to, struct discern_error *error);

/* ---- The report on sources: it names people, so it is written nowhere but to `write` ---- */

struct discern_sources_report {
    const char *source; /* one of them, with its newest posts; NULL = all, side by side */
    int64_t days;       /* posts of the last so many days; 0 = all that is there */
    const char *format; /* text html csv json */
};
/* DISCERN_WRONG when there is no such source or format. */
int discern_sources_report(struct discern *home, const struct discern_sources_report *wanted, discern_write *write,
                           void *to, struct discern_error *error);

struct discern_mark_wrong {
    const char *what; /* source/id, an address, or the code of an entry */
    const char *flag; /* traceable overclaim myth hype promotion interest own-results */
    const char *note; /* why, in own words; NULL = nothing */
    bool undo;        /* take the mark back */
};
/* Says that a flag of a post is wrong: it no longer counts against its source, but as an error of the rules. */
int discern_sources_mark_wrong(struct discern *home, const struct discern_mark_wrong *wanted, discern_write *write,
                               void *to, struct discern_error *error);
/* Every post with a flag that was marked wrong, as a labelled line of JSON for discern_rules_test. */
int discern_export_wrong_flags(struct discern *home, discern_write *write, void *to, struct discern_error *error);

struct discern_search {
    const char *words;                            /* "exact phrase", word, wor* for a beginning, -word to leave out */
    int64_t days;                                 /* first seen within so many days; 0 = any time */
    int min_level;                                /* 0 = any */
    const char *topic, *phase, *subject, *source; /* ids; NULL = any */
    int64_t limit;
};
/* Best first. */
int discern_find(struct discern *home, const struct discern_search *wanted, enum discern_form form,
                 discern_write *write, void *to, struct discern_error *error);

struct discern_why {
    const char *what;       /* source/id, an address, or the code of an entry */
    enum discern_form form; /* text with its places marked, one JSON object, or a page of HTML */
    bool colour;            /* text: ANSI colours */
    const char *topic;      /* also say why this topic was not given; NULL = none */
};
/* Why an item was rated and placed so: each place that counted, by which rule, for what; what nearly counted; and the
 * sum of its points. */
int discern_explain(struct discern *home, const struct discern_why *wanted, discern_write *write, void *to,
                    struct discern_error *error);

/* ---- A single link checked ---- */

struct discern_check {
    const char *url;    /* a post or a page */
    const char *format; /* text html json */
};
/* Asks for it under the guards of a run, and writes what was found behind it. DISCERN_ACT or DISCERN_TRY_LATER when it
 * could not be read: what is known of it is written all the same. */
int discern_check_link(struct discern *home, const struct discern_check *wanted, discern_write *write, void *to,
                       struct discern_error *error);

/* ---- Upkeep ---- */

/* Takes in what people have saved: twarc's JSON lines, an X archive (ZIP, folder or one .js file), a list of
 * retractions (CSV). Known by content; the same file again adds nothing. What was whole before a damage is kept. */
int discern_import(struct discern *home, const char *path, discern_write *write, void *to, struct discern_error *error);
/* Removes all posts of a person (handle or whole name) and keeps them from coming back. */
int discern_forget(struct discern *home, const char *author, discern_write *write, void *to,
                   struct discern_error *error);
/* A whole copy of the store in one file, atomically. */
int discern_backup(struct discern *home, const char *path, discern_write *write, void *to, struct discern_error *error);
/* What is configured, whether it holds, and what needs a look, line by line. DISCERN_ACT when something does. */
int discern_doctor(struct discern *home, enum discern_form form, discern_write *write, void *to,
                   struct discern_error *error);
/* Every judged post as a line of JSON {"id","source","first_seen","item","verdict"}, oldest first; of the last `days`
 * days, 0 = all. */
int discern_export(struct discern *home, int64_t days, discern_write *write, void *to, struct discern_error *error);
/* Removes what was first seen more than `days` days ago, but for what stands in a focus. */
int discern_prune(struct discern *home, int64_t days, discern_write *write, void *to, struct discern_error *error);

/* ---- Focus: the few ideas that a team keeps for a half term ---- */

enum discern_focus_act {
    DISCERN_FOCUS_LIST,
    DISCERN_FOCUS_SHOW, /* one: where it stands, what is asked, the days to come, what happened */
    DISCERN_FOCUS_START,
    DISCERN_FOCUS_MOVE,
    DISCERN_FOCUS_CHANGE, /* other words or topics */
    DISCERN_FOCUS_NOTE,
    DISCERN_FOCUS_LOG,      /* the practice log as Markdown, or JSON */
    DISCERN_FOCUS_LOG_CSV,  /* for a spreadsheet; no cell can begin a formula */
    DISCERN_FOCUS_SUMMARY,  /* a web page: one side of A4 for each focus */
    DISCERN_FOCUS_CARD,     /* a web page: one A5 card for each open focus */
    DISCERN_FOCUS_CALENDAR, /* reminders, iCalendar */
    DISCERN_FOCUS_PARKED,   /* good ideas that wait for the next choice */
    DISCERN_FOCUS_DROP,     /* lets a parked one go */
    DISCERN_FOCUS_TEMPLATES,
    DISCERN_FOCUS_TEMPLATE, /* one, as a sheet to plan by, Markdown */
    DISCERN_FOCUS_TOPICS    /* ids and names of the topics that the rules know */
};
/* What an act does not need stays NULL or 0. */
struct discern_focus {
    enum discern_focus_act act;
    enum discern_form form;  /* of lists and the log */
    bool all;                /* list: closed ones too */
    bool no_names;           /* note, start, change: a person vouches that what looks like a pupil's name is none */
    const char *id;          /* F1; log, summary, card, calendar: NULL = all. drop: source/id. template: its name */
    const char *reader;      /* whose */
    const char *title, *aim; /* start, change */
    const char *topics;      /* start, change: ids or names, comma separated */
    const char *items;       /* start: source/id or codes of entries, comma separated */
    const char *follows;     /* start: a template */
    int64_t weeks;           /* start: school weeks, 0 = its template's, or six */
    const char *step;        /* move: plan try evaluate refine again decide, or how it ends: embedded adapted stopped */
    const char *because;     /* move, change: the reason; needed before week four */
    const char *group, *did, *saw, *change, *with; /* note; never a pupil's name */
    const char *date;                              /* note: YYYY-MM-DD, a day that has been; NULL = today */
};
/* What was written but may hold a pupil's name is told through the home's report, as DISCERN_TROUBLE. */
int discern_focus_do(struct discern *home, const struct discern_focus *wanted, discern_write *write, void *to,
                     struct discern_error *error);

/* ---- What readers think of what they were shown ---- */

enum discern_mark_act {
    DISCERN_MARK_LIST, /* the weights that come of it, in words, and every mark with its number */
    DISCERN_MARK_PUT,
    DISCERN_MARK_UNDO
};
struct discern_mark {
    enum discern_mark_act act;
    enum discern_form form; /* list */
    const char *kind;       /* put: useful not-for-us already-do */
    const char *what;       /* put: source/id, an address, or the code of an entry */
    const char *reader;     /* list, put: whose; NULL = everybody's */
    const char *note;       /* put: own words; NULL = none */
    const char *number;     /* undo: of the mark */
};
int discern_mark_do(struct discern *home, const struct discern_mark *wanted, discern_write *write, void *to,
                    struct discern_error *error);

/* ---- The rules ---- */

struct discern_rules {
    const char *rules_dir;  /* folder of *.rules; NULL = the rules that discern came with */
    enum discern_form form; /* of the figures */
    bool hints;             /* check: also tell what could be better, each with its place, not only how much */
    discern_report *report; /* takes the mistakes in the rules (DISCERN_PROBLEM); may be NULL */
    void *report_to;
};

/* Reads the rules and runs the examples that they carry; writes what holds. DISCERN_WRONG when a rule or an example
 * does not hold. */
int discern_rules_check(const struct discern_rules *options, discern_write *write, void *to,
                        struct discern_error *error);
/* Judges labelled documents (JSON lines: what discern_classify takes, and "teaching_idea", "topics",
 * "evidence":{"level", "hype","promo","myth"}, or only "flags":{"overclaim":false, …}) and writes how far verdicts and
 * labels agree. DISCERN_ACT when a line
 * cannot be read. */
int discern_rules_test(const struct discern_rules *options, const char *file, discern_write *write, void *to,
                       struct discern_error *error);

struct discern_rules_explain {
    const char *file;       /* a plain text; "-" = standard input */
    const char *topic;      /* also say why this topic was not given; NULL = none */
    enum discern_form form; /* words, the JSON of discern_classify with its hits, or a page of HTML */
    bool colour;            /* words: ANSI colours */
};

/* Shows a text with the words that counted, by which rule, what was negated or vetoed, and what came of it. */
int discern_rules_explain(const struct discern_rules *options, const struct discern_rules_explain *wanted,
                          discern_write *write, void *to, struct discern_error *error);
/* Lists the lines of the rule `id`, and every form in which their words are met. DISCERN_WRONG when there is none. */
int discern_rules_show(const struct discern_rules *options, const char *id, discern_write *write, void *to,
                       struct discern_error *error);
/* Judges the posts that are kept by the rules in force and by those of options->rules_dir (NULL = of the home, as its
 * files stand now), and writes what would change: tags gained and lost, by topic, with sentences. Changes nothing. */
int discern_rules_diff(struct discern *home, const struct discern_rules *options, discern_write *write, void *to,
                       struct discern_error *error);
struct discern_rules_report {
    const char *rule;       /* this rule only, with each of its wordings; NULL = all */
    const char *labels;     /* labelled documents, as for discern_rules_test; NULL = as measured last time */
    enum discern_form form; /* a table, or one JSON object */
};
/* Writes each rule's ledger over the posts that are kept: hits, what came since the last report, what only one wording
 * gives, what was never seen, and how often it is right by the labels (the lower end of the 95 % range; null or
 * "unproven" below 20 of them). It is kept for the next report. */
int discern_rules_report(struct discern *home, const struct discern_rules_report *wanted, discern_write *write,
                         void *to, struct discern_error *error);
/* Writes all rules as one JSON object. */
int discern_rules_export(const struct discern_rules *options, discern_write *write, void *to,
                         struct discern_error *error);
/* Writes a file of rules in the common layout ("-" = standard input), or, with DISCERN_SAVE, puts it in the file's
 * place at once and writes what was done; no rule changes, remarks stay. */
int discern_rules_tidy(const char *file, enum discern_save save, discern_write *write, void *to,
                       struct discern_error *error);

/* ---- Serving ---- */

struct discern_serve {
    const char *address;       /* NULL = 127.0.0.1; another machine's reach only with a password file */
    unsigned port;             /* 0 = any free one */
    const char *name;          /* another host name that it goes by; NULL = none */
    const char *password_file; /* an Argon2id hash, encoded; NULL = none */
    bool (*stop)(void *user);  /* asked several times a second; true ends it */
    int64_t (*now)(void);      /* the time of each request; NULL = that of discern_open for ever */
    discern_write *write;      /* takes the address, one line, once it listens */
    void *write_to;
};
/* Writes a password's Argon2id hash into a file that only its owner reads. DISCERN_WRONG when it is too short. */
int discern_password(const char *path, const char *password, struct discern_error *error);
/* Serves the pages and forms of this home until `stop` says so. */
int discern_serve(struct discern *home, const struct discern_serve *wanted, struct discern_error *error);

#endif
