#include "store/pack_model.h"

#define ITEM_KINDS (ITEM_REPLY + 1)
#define THREE_WAYS (SAID_YES + 1)
#define ARTICLE_KINDS (ARTICLE_ERROR + 1)
#define REFERENCE_KINDS (REFERENCE_CITATION + 1)
#define WORK_STATES (WORK_LOOKUP_FAILED + 1)
#define WORK_NOTICES (WORK_RETRACTED + 1)

static void texts(struct pack *pack, struct slice *const *fields, size_t count) {
    for (size_t i = 0; i < count; i++) pack_text(pack, fields[i]);
}
#define TEXTS(pack, ...)                                                                                               \
    do {                                                                                                               \
        struct slice *const texts_[] = {__VA_ARGS__};                                                                  \
        texts((pack), texts_, COUNT_OF(texts_));                                                                       \
    } while (0)

void pack_slices(struct pack *pack, struct slice_list *list) {
    PACK_LIST(pack, *list, pack_text);
}

static void person(struct pack *pack, struct person *value) {
    TEXTS(pack, &value->name, &value->handle, &value->email, &value->url);
}

static void tag(struct pack *pack, struct tag *value) {
    TEXTS(pack, &value->term, &value->scheme, &value->label);
}

static void link(struct pack *pack, struct link *value) {
    TEXTS(pack, &value->url, &value->rel, &value->type, &value->title, &value->expanded, &value->lang);
    pack_int(pack, &value->length);
}

static void enclosure(struct pack *pack, struct enclosure *value) {
    TEXTS(pack, &value->url, &value->type);
    pack_int(pack, &value->length);
}

/* Many feeds give one text, which is text and summary: it is kept once. */
enum { ITEM_IS_CUT = 1, ITEM_SUMMARY_IS_TEXT = 2, ITEM_FLAGS = 4 };

static unsigned item_flags(struct pack *pack, struct item *item) {
    bool same = item->summary.len > 0 && slice_equal(item->summary, item->text);
    unsigned flags = (item->cut ? ITEM_IS_CUT : 0u) | (same ? ITEM_SUMMARY_IS_TEXT : 0u);
    pack_choice(pack, &flags, ITEM_FLAGS);
    item->cut = (flags & ITEM_IS_CUT) != 0;
    return flags;
}

static void summary(struct pack *pack, struct item *item, unsigned flags) {
    bool same = (flags & ITEM_SUMMARY_IS_TEXT) != 0;
    struct slice other = same ? (struct slice){NULL, 0} : item->summary;
    pack_text(pack, &other);
    item->summary = same ? item->text : other;
}

void pack_item_rest(struct pack *pack, struct item *item) {
    PACK_ENUM(pack, item->kind, enum item_kind, ITEM_KINDS);
    PACK_ENUM(pack, item->id_is_link, enum three_way, THREE_WAYS);
    pack_bool(pack, &item->unlisted);
    unsigned flags = item_flags(pack, item);
    pack_int(pack, &item->published_s);
    pack_int(pack, &item->updated_s);
    TEXTS(pack, &item->url, &item->lang);
    summary(pack, item, flags);
    TEXTS(pack, &item->image, &item->rights, &item->comments, &item->refs.in_reply_to, &item->refs.quotes,
          &item->refs.reposts, &item->source.title, &item->source.url, &item->source.id, &item->thread, &item->warning,
          &item->chatbot);
    PACK_LIST(pack, item->authors, person);
    PACK_LIST(pack, item->tags, tag);
    PACK_LIST(pack, item->links, link);
    PACK_LIST(pack, item->enclosures, enclosure);
}

void pack_counts(struct pack *pack, struct counts *counts) {
    pack_int(pack, &counts->likes);
    pack_int(pack, &counts->reposts);
    pack_int(pack, &counts->replies);
    pack_int(pack, &counts->quotes);
}

static void reference(struct pack *pack, struct reference *value) {
    PACK_ENUM(pack, value->kind, enum reference_kind, REFERENCE_KINDS);
    TEXTS(pack, &value->id, &value->url, &value->text);
    pack_bool(pack, &value->retraction);
}

void pack_references(struct pack *pack, struct reference_list *list) {
    PACK_LIST(pack, *list, reference);
}

static void surety(struct pack *pack, struct article_surety *value) {
    double *const all[] = {&value->title, &value->authors, &value->published,     &value->modified,    &value->site,
                           &value->lang,  &value->image,   &value->canonical_url, &value->description, &value->text};
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        uint8_t hundredths = (uint8_t)(*all[i] * 100 + 0.5);
        pack_u8(pack, &hundredths);
        *all[i] = (hundredths < 100 ? hundredths : 100) / 100.0;
    }
}

void pack_article(struct pack *pack, struct article *article) {
    PACK_ENUM(pack, article->kind, enum article_kind, ARTICLE_KINDS);
    TEXTS(pack, &article->url, &article->canonical_url, &article->title, &article->site, &article->description,
          &article->lang, &article->image, &article->text, &article->problem);
    pack_slices(pack, &article->authors);
    pack_int(pack, &article->published_s);
    pack_int(pack, &article->modified_s);
    pack_size(pack, &article->words);
    pack_bool(pack, &article->paywalled);
    pack_real(pack, &article->confidence);
    TEXTS(pack, &article->from.title, &article->from.authors, &article->from.published, &article->from.modified,
          &article->from.site, &article->from.description, &article->from.lang, &article->from.image,
          &article->from.canonical_url, &article->from.text);
    pack_references(pack, &article->references);
    PACK_LIST(pack, article->links, link);
    if (!pack_is_reading(pack) || pack_has_more(pack)) surety(pack, &article->surety);
}

void pack_work(struct pack *pack, struct work *work) {
    PACK_ENUM(pack, work->state, enum work_state, WORK_STATES);
    TEXTS(pack, &work->type, &work->title, &work->journal, &work->url, &work->open_access_url, &work->notice_id,
          &work->preprint_of);
    pack_slices(pack, &work->authors);
    pack_plain_int(pack, &work->year);
    PACK_ENUM(pack, work->notice, enum work_notice, WORK_NOTICES);
    pack_bool(pack, &work->is_synthesis);
    pack_int(pack, &work->looked_up_s);
}

static void term(struct pack *pack, struct term *value) {
    TEXTS(pack, &value->name, &value->words);
    pack_real(pack, &value->points);
    pack_real(pack, &value->most);
}

void pack_terms(struct pack *pack, struct term_list *list) {
    PACK_LIST(pack, *list, term);
}
