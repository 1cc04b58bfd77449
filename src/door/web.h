/* web: the pages and forms of `discern serve`. Each page is a function from a request to HTML through render/'s typed
 * writer; each form is a POST that changes one thing and answers with a redirect. All of it works without scripts. */
#ifndef DISCERN_DOOR_WEB_H
#define DISCERN_DOOR_WEB_H

#include "door/session.h"
#include "render/page.h"
#include "serve/errand.h"
#include "serve/server.h"

/* What the server serves. */
struct web_house {
    struct discern *home;
    int64_t (*now)(void); /* asked at each request; NULL = the home's own time */
    struct errands *errands;
    uint64_t stamp;        /* of the configuration that counts; 0 = read it anew */
    struct arena *trouble; /* NULL = it holds; keeps: */
    struct slice mistakes; /* what is wrong with the one that was written since */
};

/* One request while it is answered. */
struct web {
    struct discern *home;
    const struct web_request *request;
    struct token_box *box;
    struct errands *errands;
    struct slice mistakes; /* of the configuration; absent = none */
    struct arena *arena;
    struct buf *body;
    struct web_answer *answer;
    struct look look;
    struct html html;
    struct pen pen;
    struct fault fault;
};

struct web_route {
    enum web_method method;
    const char *path; /* whole, or a prefix that ends in '/' */
    bool (*go)(struct web *web, struct slice rest);
};

/* A page with this heading is open at the end; web_page_end closes it. The second form adds style of ours and words
 * under the heading. */
void web_page_begin(struct web *web, struct slice heading);
void web_page_begin_with(struct web *web, struct slice heading, struct slice style, const struct slice_list *summary);
bool web_page_end(struct web *web);
/* A link to a path of ours. */
void web_link(struct web *web, struct slice path, struct slice words);
/* A heading of the second level; a paragraph. */
void web_heading(struct web *web, struct slice words);
void web_paragraph(struct web *web, struct slice words);
/* Text whose blanks at its ends stay: it stands beside other elements of its line. */
void web_text(struct web *web, struct slice text);
/* printf for a page: in arena; "" and the pen failed when out of memory. */
struct slice web_say(struct web *web, const char *format, ...) PRINTF_LIKE(2, 3);
/* "25 November 2026". */
struct slice web_date(struct web *web, int64_t day_s);
/* A reader's title; "everybody" for none. */
struct slice web_reader(const struct web *web, struct slice name);

/* <form method=post action=PATH> with its token; </form>. */
bool web_form_begin(struct web *web, struct slice path);
void web_form_end(struct web *web, struct slice button);
/* A labelled field: one line, several, or a day (YYYY-MM-DD). */
enum web_field { WEB_LINE, WEB_AREA, WEB_DAY };
void web_field(struct web *web, enum web_field kind, struct slice name, struct slice label);
void web_hidden(struct web *web, struct slice name, struct slice value);

/* A field with all that can be said of it. `id` and `name` are ours and static. When a form comes back because it was
 * refused, what was typed stands in it again. */
struct web_input {
    enum web_field kind;
    const char *name, *id; /* id NULL = name */
    struct slice label, hint, value;
    enum { WEB_MAY_BE_EMPTY, WEB_NEEDED } need;
};
void web_input(struct web *web, const struct web_input *input);
/* A labelled choice. The first of equal values is chosen. */
struct web_option {
    struct slice value, words;
};
struct web_select {
    const char *name, *id; /* id NULL = name */
    struct slice label, hint, chosen;
    const struct web_option *options;
    size_t count;
};
void web_select(struct web *web, const struct web_select *select);
/* A box to tick; "yes" when it is. */
void web_tick(struct web *web, const char *name, struct slice label);
/* A button that sends its own name and value; several may stand in one form. */
enum web_button { WEB_BUTTON_PLAIN, WEB_BUTTON_QUIET };
void web_button(struct web *web, enum web_button look, struct slice name_value[2], struct slice words);

/* Sends the browser to a path of ours; true. */
bool web_redirect(struct web *web, struct slice path);
/* A page that says what went wrong, with the way back; true. */
bool web_sorry(struct web *web, int status, struct slice words);
/* A page with this heading for a form that was refused: says web->fault; the form follows. False when the fault is none
 * that a person can mend. */
bool web_refused(struct web *web, struct slice heading);
/* A form's value, trimmed; absent when it is not there or empty. */
struct slice web_value(const struct web *web, const char *name);
/* The readers, for a choice: `first` before them, standing for nobody in particular, unless it is absent. */
void web_reader_choice(struct web *web, const char *id, struct slice first);

/* One line a table of pages. */
#define WEB_TABLES(LINE)                                                                                               \
    LINE(today)                                                                                                        \
    LINE(reading)                                                                                                      \
    LINE(search)                                                                                                       \
    LINE(rules)                                                                                                        \
    LINE(focus)                                                                                                        \
    LINE(log)                                                                                                          \
    LINE(check)                                                                                                        \
    LINE(source)

#define DECLARE_ROUTES(name)                                                                                           \
    extern const struct web_route web_##name##_routes[];                                                               \
    extern const size_t web_##name##_route_count;
WEB_TABLES(DECLARE_ROUTES)
#undef DECLARE_ROUTES

/* Takes up a configuration that was changed; one that does not hold is told on each page, and the one before counts on.
 * Nothing of the configuration may be in use. False when out of memory. */
MUST_USE bool web_take_up(struct web_house *house);
/* For AUTO. */
void web_house_close(struct web_house *house);
/* options.changed of the server for `user` = struct web_house: whether an errand has ended. */
bool web_changed(void *user);
/* serve_handler for `user` = struct web_house. */
bool web_answer_request(void *user, const struct web_request *request, struct token_box *box, struct arena *arena,
                        struct buf *body, struct web_answer *answer);

#endif
