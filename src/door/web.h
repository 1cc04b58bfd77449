/* web: the pages and forms of `discern serve`. Each page is a function from a request to HTML through render/'s typed
 * writer; each form is a POST that changes one thing and answers with a redirect. All of it works without scripts. */
#ifndef DISCERN_DOOR_WEB_H
#define DISCERN_DOOR_WEB_H

#include "door/session.h"
#include "render/page.h"
#include "serve/server.h"

/* One request while it is answered. */
struct web {
    struct discern *home;
    const struct web_request *request;
    struct token_box *box;
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

/* A page with this heading is open at the end; web_page_end closes it. */
void web_page_begin(struct web *web, struct slice heading);
/* The same with more style of the page's own, and parts of the line under the heading (NULL = none). */
void web_page_begin_with(struct web *web, struct slice heading, struct slice style, const struct slice_list *summary);
bool web_page_end(struct web *web);
/* A link to a path of ours. */
void web_link(struct web *web, struct slice path, struct slice words);
/* <form method=post action=PATH> with its token; </form>. */
bool web_form_begin(struct web *web, struct slice path);
void web_form_end(struct web *web, struct slice button);
/* A labelled field: one line, or several. */
enum web_field { WEB_LINE, WEB_AREA };
void web_field(struct web *web, enum web_field kind, struct slice name, struct slice label);
void web_hidden(struct web *web, struct slice name, struct slice value);
/* Sends the browser to a path of ours; true. */
bool web_redirect(struct web *web, struct slice path);
/* A page that says what went wrong, with the way back; true. */
bool web_sorry(struct web *web, int status, struct slice words);
/* A form's value, trimmed; absent when it is not there or empty. */
struct slice web_value(const struct web *web, const char *name);

extern const struct web_route web_reading_routes[], web_focus_routes[], web_source_routes[];
extern const size_t web_reading_route_count, web_focus_route_count, web_source_route_count;

/* serve_handler for `user` = struct discern. */
bool web_answer_request(void *user, const struct web_request *request, struct token_box *box, struct arena *arena,
                        struct buf *body, struct web_answer *answer);

#endif
