#include "base/jwrite.h"
#include "base/limits.h"
#include "model/article_json.h"
#include "render/check.h"
#include "render/check_card.h"

static void write_list(struct jwrite *json, const char *key, const struct slice_list *list) {
    jwrite_key(json, key);
    jwrite_array(json);
    for (size_t i = 0; i < list->count; i++) jwrite_text(json, list->at[i]);
    jwrite_end_array(json);
}

static const char *work_state_name(enum work_state state) {
    static const char *const names[] = {"not-looked-up", "found", "not-found", "lookup-failed"};
    return names[state];
}

static const char *notice_name(enum work_notice notice) {
    static const char *const names[] = {"none", "corrected", "concern", "retracted"};
    return names[notice];
}

static void write_reference(struct jwrite *json, const struct check_reference *one, const struct check_work *said) {
    jwrite_object(json);
    jwrite_member(json, "kind", slice_from(reference_kind_name(one->reference.kind)));
    jwrite_member(json, "id", one->reference.id);
    jwrite_member(json, "url", one->reference.url);
    jwrite_member(json, "text", one->reference.text);
    jwrite_member(json, "place", one->place);
    jwrite_member(json, "state", slice_from(work_state_name(one->work.state)));
    jwrite_member(json, "title", one->work.title);
    write_list(json, "authors", &one->work.authors);
    jwrite_member(json, "journal", one->work.journal);
    jwrite_key(json, "year");
    if (one->work.year > 0) jwrite_int(json, one->work.year);
    else jwrite_null(json);
    jwrite_member(json, "type", one->work.type);
    jwrite_member_bool(json, "synthesis", one->work.is_synthesis);
    jwrite_member(json, "notice", slice_from(notice_name(one->work.notice)));
    jwrite_member(json, "notice_id", one->work.notice_id);
    jwrite_member(json, "open_access_url", one->work.open_access_url);
    jwrite_member(json, "words", said->facts);
    jwrite_end_object(json);
}

static void write_verdict(struct jwrite *json, const struct verdict *verdict) {
    jwrite_key(json, "evidence");
    jwrite_object(json);
    jwrite_member_int(json, "level", verdict->level);
    jwrite_member(json, "label", verdict->level_label);
    write_list(json, "found", &verdict->because);
    write_list(json, "missing", &verdict->missing);
    write_list(json, "notes", &verdict->notes);
    write_list(json, "check_first", &verdict->check_reasons);
    jwrite_end_object(json);
    jwrite_key(json, "topics");
    jwrite_array(json);
    for (size_t i = 0; i < verdict->topics.count; i++) jwrite_text(json, verdict->topics.at[i].id);
    jwrite_end_array(json);
}

static void write_pages(struct jwrite *json, const struct link_check *check) {
    jwrite_key(json, "pages");
    jwrite_array(json);
    for (size_t i = 0; i < check->page_count; i++) {
        const struct article *article = &check->pages[i].article;
        jwrite_object(json);
        jwrite_member(json, "url", check->pages[i].url);
        jwrite_member(json, "problem", check->pages[i].problem);
        jwrite_member(json, "archive_url", check->pages[i].archive_url);
        jwrite_member(json, "title", article->title);
        write_list(json, "authors", &article->authors);
        jwrite_member(json, "site", article->site);
        jwrite_key(json, "published");
        jwrite_instant(json, article->published_s);
        article_json_write_surety(json, &article->surety);
        jwrite_member_int(json, "words", (int64_t)article->words);
        jwrite_end_object(json);
    }
    jwrite_end_array(json);
}

static void write_sharers(struct jwrite *json, const struct link_check *check) {
    jwrite_key(json, "in_our_sources");
    jwrite_array(json);
    for (size_t i = 0; i < check->sharer_count; i++) {
        jwrite_object(json);
        jwrite_member(json, "item", check->sharers[i].item);
        jwrite_member(json, "source", check->sharers[i].source);
        jwrite_member(json, "title", check->sharers[i].title);
        jwrite_member(json, "url", check->sharers[i].url);
        jwrite_key(json, "when");
        jwrite_instant(json, check->sharers[i].when_s);
        jwrite_end_object(json);
    }
    jwrite_end_array(json);
}

static void write_rows(struct jwrite *json, const struct check_card *card) {
    jwrite_key(json, "questions");
    jwrite_array(json);
    for (size_t i = 0; i < CHECK_ROWS; i++) {
        jwrite_object(json);
        jwrite_member(json, "question", slice_from(card->rows[i].question));
        write_list(json, "found", &card->rows[i].found);
        jwrite_end_object(json);
    }
    jwrite_end_array(json);
}

static bool write_json(const struct check_view *view, struct buf *out, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL) return fault_memory(fault);
    struct pen pen = pen_new(view->look, arena);
    const struct link_check *check = view->check;
    struct check_card card = check_card_make(&pen, check);
    struct jwrite json = jwrite_to(out);
    jwrite_object(&json);
    jwrite_member(&json, "url", check->url);
    jwrite_key(&json, "read");
    jwrite_instant(&json, check->read_s);
    jwrite_member(&json, "kind", check->is_post ? SLICE("post") : SLICE("page"));
    jwrite_member(&json, "title", card.heading);
    jwrite_member(&json, "problem", check->problem);
    jwrite_member_bool(&json, "was_read", check->was_read);
    write_verdict(&json, &check->verdict);
    write_pages(&json, check);
    jwrite_key(&json, "references");
    jwrite_array(&json);
    for (size_t i = 0; i < check->reference_count; i++) write_reference(&json, &check->references[i], &card.works[i]);
    jwrite_end_array(&json);
    jwrite_member_int(&json, "references_left_out", (int64_t)check->references_left);
    jwrite_member(&json, "retractions", card.retractions);
    jwrite_member(&json, "publisher", check->publisher);
    write_rows(&json, &card);
    write_sharers(&json, check);
    jwrite_end_object(&json);
    buf_add_char(out, '\n');
    return pen_check(&pen, "the check", fault) && buf_check(out, "the check", fault);
}

const struct check_format check_json = {"json", write_json};
