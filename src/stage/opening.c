#include "stage/opening.h"

#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "jail/jail.h"
#include "model/wire.h"
#include "parse/charset.h"
#include "parse/xml.h"

#define INPUT_BYTES (LIMIT_DOCUMENT_BYTES + (size_t)64 * 1024)

/* One count, as text: both ends are the same program. */
static void add_count(struct buf *out, size_t count) {
    wire_add_slice(out, slice_of((const char *)&count, sizeof count));
}

static bool take_count(struct slice *in, size_t most, size_t *out, struct fault *fault) {
    struct slice bytes;
    if (!wire_take_slice(in, &bytes, fault)) return false;
    if (bytes.len == sizeof *out) memcpy(out, bytes.at, sizeof *out);
    if (bytes.len == sizeof *out && *out <= most) return true;
    return fault_set(fault, FAULT_INPUT, "the answer of the reading process does not hold");
}

/* An absent text stays absent. */
static bool take_text(struct slice *in, struct arena *arena, struct slice *out, struct fault *fault) {
    struct slice bytes;
    if (!wire_take_slice(in, &bytes, fault)) return false;
    return arena_copy(arena, bytes, out) || fault_memory(fault);
}

static bool take_texts(struct slice *in, struct arena *arena, struct slice *const *texts, size_t count,
                       struct fault *fault) {
    for (size_t i = 0; i < count; i++)
        if (!take_text(in, arena, texts[i], fault)) return false;
    return true;
}

/* ---- lists of subscriptions ---- */

static bool list_work(void *user, struct slice input, struct buf *out, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    struct opml opml;
    (void)user;
    if (arena == NULL) return fault_memory(fault);
    if (!opml_parse(input, arena, &opml, fault)) return false;
    wire_add_slice(out, opml.title);
    add_count(out, opml.outlines.count);
    for (size_t i = 0; i < opml.outlines.count; i++) {
        const struct outline *one = &opml.outlines.at[i];
        const struct slice texts[] = {one->title, one->url, one->site, one->description, one->folder};
        for (size_t t = 0; t < COUNT_OF(texts); t++) wire_add_slice(out, texts[t]);
    }
    add_count(out, opml.problems.count);
    for (size_t i = 0; i < opml.problems.count; i++) wire_add_slice(out, opml.problems.at[i]);
    return buf_check(out, "the list", fault);
}

/* The table of the list's encoding lies in a file, which the child cannot open once its walls stand. */
static void list_prepare(void *user, struct slice input) {
    char name[32];
    (void)user;
    charset_needed(input, (struct slice){NULL, 0}, CHARSET_XML, name);
    if (name[0] != '\0') (void)charset_keep(name);
}

static bool take_list(struct slice in, struct arena *arena, struct opml *out, struct fault *fault) {
    struct opml made = {0};
    size_t count = 0;
    if (!take_text(&in, arena, &made.title, fault)) return false;
    if (!take_count(&in, LIMIT_OPML_OUTLINES, &count, fault)) return false;
    struct outline_list *list = &made.outlines;
    *list = (struct outline_list){.at = arena_alloc(arena, count, sizeof *list->at), .capacity = count};
    if (list->at == NULL) return fault_memory(fault);
    for (; list->count < count; list->count++) {
        struct outline *one = &list->at[list->count];
        struct slice *const texts[] = {&one->title, &one->url, &one->site, &one->description, &one->folder};
        if (!take_texts(&in, arena, texts, COUNT_OF(texts), fault)) return false;
    }
    if (!take_count(&in, LIMIT_WIRE_LIST, &count, fault)) return false;
    for (size_t i = 0; i < count; i++) {
        struct slice words;
        if (!take_text(&in, arena, &words, fault)) return false;
        if (!slice_list_add(arena, &made.problems, words)) return fault_memory(fault);
    }
    *out = made;
    return true;
}

/* ---- pages ---- */

static bool page_work(void *user, struct slice input, struct buf *out, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    struct proposal_list list = {0};
    struct slice base, html;
    (void)user;
    if (arena == NULL) return fault_memory(fault);
    if (!wire_take_slice(&input, &base, fault) || !wire_take_slice(&input, &html, fault)) return false;
    if (!discover_page(html, base, arena, &list, fault)) return false;
    add_count(out, list.count);
    for (size_t i = 0; i < list.count; i++) {
        const struct proposal *one = &list.at[i];
        add_count(out, (size_t)one->trust);
        add_count(out, one->option_count);
        const struct slice texts[] = {one->kind, one->url, one->title, one->name};
        for (size_t t = 0; t < COUNT_OF(texts); t++) wire_add_slice(out, texts[t]);
        for (size_t o = 0; o < one->option_count; o++) {
            wire_add_slice(out, one->options[o].name);
            wire_add_slice(out, one->options[o].value);
        }
    }
    return buf_check(out, "what the page names", fault);
}

static bool take_proposal(struct slice *in, struct arena *arena, struct proposal *out, struct fault *fault) {
    size_t trust = 0;
    struct slice *const texts[] = {&out->kind, &out->url, &out->title, &out->name};
    if (!take_count(in, DISCOVER_GUESSED, &trust, fault) ||
        !take_count(in, PROPOSAL_OPTIONS, &out->option_count, fault) ||
        !take_texts(in, arena, texts, COUNT_OF(texts), fault))
        return false;
    out->trust = (enum discover_trust)trust;
    for (size_t o = 0; o < out->option_count; o++)
        if (!take_text(in, arena, &out->options[o].name, fault) || !take_text(in, arena, &out->options[o].value, fault))
            return false;
    return true;
}

static bool take_proposals(struct slice in, struct arena *arena, struct proposal_list *out, struct fault *fault) {
    size_t count = 0;
    if (!take_count(&in, LIMIT_WIRE_LIST, &count, fault)) return false;
    struct proposal_list list = {.at = arena_alloc(arena, count, sizeof *list.at), .capacity = count};
    if (list.at == NULL) return fault_memory(fault);
    for (; list.count < count; list.count++)
        if (!take_proposal(&in, arena, &list.at[list.count], fault)) return false;
    *out = list;
    return true;
}

/* ---- both ---- */

static bool call(jail_worker *worker, jail_prepare *prepare, struct slice input, struct buf *answer,
                 struct fault *fault) {
    AUTO(jail_free)
    struct jail *jail = jail_new(worker, NULL, (struct jail_limits){0}, fault);
    if (jail == NULL) return false;
    if (prepare != NULL) jail_set_prepare(jail, prepare);
    return jail_call(jail, input, answer, fault);
}

bool opening_list(struct slice body, struct arena *arena, struct opml *out, struct fault *fault) {
    AUTO(buf_free)
    struct buf answer = buf_new(LIMIT_JAIL_ANSWER_BYTES);
    return xml_open(fault) && call(list_work, list_prepare, body, &answer, fault) &&
           take_list(buf_slice(&answer), arena, out, fault);
}

bool opening_page(struct slice html, struct slice base, struct arena *arena, struct proposal_list *out,
                  struct fault *fault) {
    AUTO(buf_free)
    struct buf answer = buf_new(LIMIT_JAIL_ANSWER_BYTES);
    AUTO(buf_free)
    struct buf input = buf_new(INPUT_BYTES);
    wire_add_slice(&input, base);
    wire_add_slice(&input, html);
    return buf_check(&input, "the page", fault) && call(page_work, NULL, buf_slice(&input), &answer, fault) &&
           take_proposals(buf_slice(&answer), arena, out, fault);
}
