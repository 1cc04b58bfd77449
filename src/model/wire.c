#include "model/wire.h"

#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "base/when.h"

/* One description of each struct serves both ways, so that they cannot drift apart: a field is written or read
 * depending on the direction. Failure sticks. */
struct wire {
    struct buf *out;     /* writing; NULL = reading */
    struct slice in;     /* reading: what is left, in the arena already */
    struct arena *arena; /* reading */
    bool broken;         /* reading: not what was written */
    bool memory;         /* reading: out of memory */
};

#define ABSENT UINT32_MAX

static inline void bytes(struct wire *w, void *at, size_t len) {
    if (w->out != NULL) {
        buf_put(w->out, at, len);
    } else if (w->in.len < len || w->broken) {
        w->broken = true;
    } else {
        memcpy(at, w->in.at, len);
        w->in.at += len;
        w->in.len -= len;
    }
}

static void number(struct wire *w, int64_t *value) {
    bytes(w, value, sizeof *value);
}

/* An instant within the calendar's years, or none. */
static void instant(struct wire *w, int64_t *value) {
    const int64_t most = INT64_C(9999) * 366 * DAY_S;
    number(w, value);
    if (*value != WHEN_ABSENT && (*value < -most || *value > (int64_t)7000 * 366 * DAY_S)) w->broken = true;
}

static void real(struct wire *w, double *value) {
    bytes(w, value, sizeof *value);
    if (w->out == NULL && !(*value >= 0 && *value <= 1)) w->broken = true;
}

static void yes_no(struct wire *w, bool *value) {
    unsigned char byte = *value ? 1 : 0;
    bytes(w, &byte, 1);
    *value = byte == 1;
    if (byte > 1) w->broken = true;
}

/* A small number below `below`: enums, and bit sets by their width. */
static uint32_t small(struct wire *w, uint32_t value, uint32_t below) {
    bytes(w, &value, sizeof value);
    if (w->out == NULL && (w->broken || value >= below)) {
        w->broken = true;
        return 0;
    }
    return value;
}

static void size(struct wire *w, size_t *value) {
    int64_t wide = (int64_t)*value;
    number(w, &wide);
    if (wide < 0) w->broken = true;
    else *value = (size_t)wide;
}

static uint32_t text_length(struct wire *w, const struct slice *value) {
    uint32_t len = value->at == NULL ? ABSENT : (uint32_t)value->len;
    bytes(w, &len, sizeof len);
    return len;
}

static void text(struct wire *w, struct slice *value) {
    uint32_t len = text_length(w, value);
    if (w->out != NULL) {
        buf_add(w->out, *value);
        return;
    }
    *value = (struct slice){NULL, 0};
    if (w->broken || len == ABSENT) return;
    if (w->in.len < len || !utf8_is_valid(slice_part(w->in, 0, len))) {
        w->broken = true;
        return;
    }
    *value = slice_part(w->in, 0, len);
    w->in = slice_part(w->in, len, w->in.len);
}

/* Count of a list and, when reading, room for it. */
static void *list(struct wire *w, void *at, size_t *count, size_t *capacity, size_t size_bytes) {
    *count = small(w, (uint32_t)*count, LIMIT_WIRE_LIST);
    if (w->out != NULL) return at;
    *capacity = 0;
    if (*count > w->in.len) w->broken = true;
    if (w->broken || *count == 0) {
        *count = 0;
        return NULL;
    }
    void *room = arena_alloc(w->arena, *count, size_bytes);
    w->memory = w->memory || room == NULL;
    if (room == NULL) *count = 0;
    *capacity = *count;
    return room;
}

#define LIST(w, field) (field).at = list(w, (field).at, &(field).count, &(field).capacity, sizeof *(field).at)

static void texts(struct wire *w, struct slice_list *value) {
    LIST(w, *value);
    for (size_t i = 0; i < value->count && !w->broken; i++) text(w, &value->at[i]);
}

static void persons(struct wire *w, struct person_list *value) {
    LIST(w, *value);
    for (size_t i = 0; i < value->count && !w->broken; i++) {
        struct person *person = &value->at[i];
        text(w, &person->name);
        text(w, &person->handle);
        text(w, &person->email);
        text(w, &person->url);
    }
}

static void tags(struct wire *w, struct tag_list *value) {
    LIST(w, *value);
    for (size_t i = 0; i < value->count && !w->broken; i++) {
        text(w, &value->at[i].term);
        text(w, &value->at[i].scheme);
        text(w, &value->at[i].label);
    }
}

static void links(struct wire *w, struct link_list *value) {
    LIST(w, *value);
    for (size_t i = 0; i < value->count && !w->broken; i++) {
        struct link *link = &value->at[i];
        text(w, &link->url);
        text(w, &link->rel);
        text(w, &link->type);
        text(w, &link->title);
        text(w, &link->expanded);
        text(w, &link->lang);
        number(w, &link->length);
    }
}

static void enclosures(struct wire *w, struct enclosure_list *value) {
    LIST(w, *value);
    for (size_t i = 0; i < value->count && !w->broken; i++) {
        text(w, &value->at[i].url);
        text(w, &value->at[i].type);
        number(w, &value->at[i].length);
    }
}

/* Often the summary is the text: sent once then. */
static void summary(struct wire *w, struct item *value) {
    bool same = value->summary.at == value->text.at && value->summary.len == value->text.len;
    yes_no(w, &same);
    if (same) value->summary = value->text;
    else text(w, &value->summary);
}

static void item(struct wire *w, struct item *value) {
    text(w, &value->id);
    value->id_is_link = (enum three_way)small(w, value->id_is_link, SAID_YES + 1);
    text(w, &value->url);
    text(w, &value->title);
    text(w, &value->text);
    summary(w, value);
    persons(w, &value->authors);
    instant(w, &value->published_s);
    instant(w, &value->updated_s);
    text(w, &value->lang);
    tags(w, &value->tags);
    links(w, &value->links);
    enclosures(w, &value->enclosures);
    text(w, &value->image);
    text(w, &value->rights);
    text(w, &value->comments);
    value->kind = (enum item_kind)small(w, value->kind, ITEM_REPLY + 1);
    text(w, &value->refs.in_reply_to);
    text(w, &value->refs.quotes);
    text(w, &value->refs.reposts);
    number(w, &value->counts.likes);
    number(w, &value->counts.reposts);
    number(w, &value->counts.replies);
    number(w, &value->counts.quotes);
    text(w, &value->source.title);
    text(w, &value->source.url);
    text(w, &value->source.id);
    text(w, &value->thread);
    text(w, &value->warning);
    yes_no(w, &value->unlisted);
    yes_no(w, &value->cut);
}

static void feed(struct wire *w, struct feed *value) {
    text(w, &value->kind);
    text(w, &value->format);
    text(w, &value->encoding);
    yes_no(w, &value->repaired);
    texts(w, &value->problems);
    text(w, &value->title);
    text(w, &value->url);
    text(w, &value->id);
    text(w, &value->description);
    text(w, &value->lang);
    instant(w, &value->updated_s);
    instant(w, &value->published_s);
    persons(w, &value->authors);
    tags(w, &value->tags);
    links(w, &value->links);
    text(w, &value->generator);
    text(w, &value->rights);
    text(w, &value->image);
    number(w, &value->ttl_s);
    value->skip_hours = small(w, value->skip_hours, UINT32_C(1) << 24);
    value->skip_days = (uint8_t)small(w, value->skip_days, UINT32_C(1) << 7);
}

static void page(struct wire *w, struct page *value) {
    feed(w, &value->feed);
    LIST(w, value->items);
    for (size_t i = 0; i < value->items.count && !w->broken; i++) item(w, &value->items.at[i]);
    LIST(w, value->originals);
    for (size_t i = 0; i < value->originals.count && !w->broken; i++) item(w, &value->originals.at[i]);
    texts(w, &value->deleted);
    text(w, &value->cursor);
    yes_no(w, &value->more);
    size(w, &value->skipped);
    size(w, &value->billed_posts);
    size(w, &value->billed_users);
}

static void references(struct wire *w, struct reference_list *value) {
    LIST(w, *value);
    for (size_t i = 0; i < value->count && !w->broken; i++) {
        struct reference *reference = &value->at[i];
        reference->kind = (enum reference_kind)small(w, reference->kind, REFERENCE_CITATION + 1);
        text(w, &reference->id);
        text(w, &reference->url);
        text(w, &reference->text);
        yes_no(w, &reference->retraction);
    }
}

static void surety(struct wire *w, struct article_surety *value) {
    double *const all[] = {&value->title, &value->authors, &value->published,     &value->modified,    &value->site,
                           &value->lang,  &value->image,   &value->canonical_url, &value->description, &value->text};
    for (size_t i = 0; i < COUNT_OF(all); i++) real(w, all[i]);
}

static void article(struct wire *w, struct article *value) {
    struct slice *const plain[] = {&value->url,           &value->canonical_url, &value->title,
                                   &value->site,          &value->description,   &value->lang,
                                   &value->image,         &value->text,          &value->problem,
                                   &value->from.title,    &value->from.authors,  &value->from.published,
                                   &value->from.modified, &value->from.site,     &value->from.description,
                                   &value->from.lang,     &value->from.image,    &value->from.canonical_url,
                                   &value->from.text};
    value->kind = (enum article_kind)small(w, value->kind, ARTICLE_ERROR + 1);
    for (size_t i = 0; i < COUNT_OF(plain); i++) text(w, plain[i]);
    texts(w, &value->authors);
    instant(w, &value->published_s);
    instant(w, &value->modified_s);
    size(w, &value->words);
    yes_no(w, &value->paywalled);
    real(w, &value->confidence);
    surety(w, &value->surety);
    references(w, &value->references);
    links(w, &value->links);
}

void wire_add_page(struct buf *out, const struct page *value) {
    struct wire w = {.out = out};
    struct page copy = *value;
    page(&w, &copy);
}

void wire_add_article(struct buf *out, const struct article *value) {
    struct wire w = {.out = out};
    struct article copy = *value;
    article(&w, &copy);
}

void wire_add_slice(struct buf *out, struct slice value) {
    struct wire w = {.out = out};
    text(&w, &value);
}

void wire_add_length(struct buf *out, struct slice value) {
    struct wire w = {.out = out};
    text_length(&w, &value);
}

/* All of the bytes are copied into the arena once; the texts are parts of that copy. */
static bool begin(struct wire *w, struct slice from, struct arena *arena, struct fault *fault) {
    *w = (struct wire){.arena = arena};
    return arena_copy(arena, from, &w->in) || fault_memory(fault);
}

static bool end(const struct wire *w, struct slice *from, struct fault *fault) {
    if (w->memory) return fault_memory(fault);
    if (w->broken) return fault_set(fault, FAULT_INPUT, "the answer of the reading process does not hold together");
    *from = slice_part(*from, from->len - w->in.len, from->len);
    return true;
}

bool wire_take_page(struct slice *from, struct arena *arena, struct page *out, struct fault *fault) {
    struct wire w;
    struct page value = {0};
    if (!begin(&w, *from, arena, fault)) return false;
    page(&w, &value);
    if (!end(&w, from, fault)) return false;
    *out = value;
    return true;
}

bool wire_take_article(struct slice *from, struct arena *arena, struct article *out, struct fault *fault) {
    struct wire w;
    struct article value = {0};
    if (!begin(&w, *from, arena, fault)) return false;
    article(&w, &value);
    if (!end(&w, from, fault)) return false;
    *out = value;
    return true;
}

bool wire_take_slice(struct slice *from, struct slice *out, struct fault *fault) {
    uint32_t len;
    bool there = from->len >= sizeof len;
    if (there) memcpy(&len, from->at, sizeof len);
    if (!there || (len != ABSENT && from->len - sizeof len < len))
        return fault_set(fault, FAULT_INPUT, "a message between processes is cut");
    *out = len == ABSENT ? (struct slice){NULL, 0} : slice_part(*from, sizeof len, sizeof len + len);
    *from = slice_part(*from, sizeof len + (len == ABSENT ? 0 : len), from->len);
    return true;
}
