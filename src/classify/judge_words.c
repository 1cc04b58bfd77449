/* The verdict in words that a teacher accepts: what was found, what a reader would look for in vain, and what should be
 * known beside the level. About the words on the page, never about the author, never about whether it works. */
#include <string.h>

#include "classify/weigh.h"

#define QUOTE_BYTES 90u
#define BARE_LINK_WORDS 4

/* "LABEL: 'QUOTED' WHERE", put together by hand: it is written for most documents. */
static bool add_quoted(struct arena *arena, struct slice_list *list, const struct slice parts[3]) {
    struct slice blank = parts[2].len > 0 ? SLICE(" ") : SLICE("");
    const struct slice all[] = {parts[0], SLICE(": \xE2\x80\x9C"), parts[1], SLICE("\xE2\x80\x9D"), blank, parts[2]};
    size_t len = 0, at = 0;
    for (size_t i = 0; i < COUNT_OF(all); i++) len += all[i].len;
    char *text = arena_alloc(arena, len + 1, 1);
    if (text == NULL) return false;
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        if (all[i].len > 0) memcpy(text + at, all[i].at, all[i].len);
        at += all[i].len;
    }
    return slice_list_add_once(arena, list, slice_of(text, len));
}

/* The end of a sentence, or of brackets that began before the words. */
static bool ends_loosely(struct slice text) {
    size_t open = 0;
    if (text.len == 0) return false;
    char last = text.at[text.len - 1];
    if (last != ')') return last == '.' || last == ',' || last == ';' || last == ':';
    for (size_t i = 0; i + 1 < text.len; i++) {
        if (text.at[i] == '(') open++;
        else if (text.at[i] == ')' && open > 0) open--;
    }
    return open == 0;
}

/* One line, cut at a word, on a character border, without the punctuation that a pattern took along. */
static struct slice quote(struct slice text) {
    size_t end = 0;
    while (text.len > 0 && (text.at[0] == '(' || text.at[0] == ';' || text.at[0] == ' ' || text.at[0] == '.'))
        text = slice_part(text, 1, text.len);
    while (end < text.len && text.at[end] != '\n' && end < QUOTE_BYTES) end++;
    if (end < text.len && end == QUOTE_BYTES)
        while (end > 0 && text.at[end] != ' ') end--;
    if (end == 0) end = text.len < QUOTE_BYTES ? text.len : 0;
    text = slice_trim(slice_part(text, 0, end));
    while (ends_loosely(text)) text.len--;
    return text;
}

static struct slice whereabouts(const struct judge *judge, enum field field) {
    switch (field) {
        case FIELD_ARTICLE: return judge->reasons.at[REASON_IN_PAGE];
        case FIELD_ARTICLE_TITLE: return judge->reasons.at[REASON_IN_PAGE_TITLE];
        case FIELD_TITLE: return judge->reasons.at[REASON_IN_TITLE];
        default: return SLICE("");
    }
}

/* "Names an author and year: 'Roediger and Karpicke, 2006' in the linked page". */
static bool because_block(const struct judge *judge, size_t block, struct arena *arena, struct verdict *out) {
    const struct role *role = &judge->roles[block];
    const struct tally *tally = &judge->tallies[block];
    struct slice words = role->kind == BLOCK_HOSTS ? tally->url : weigh_words(judge, &judge->match.hits[tally->first]);
    struct slice shown = role->link_only ? quote(slice_trim(words)) : quote(words);
    if (shown.len == 0) return slice_list_add_once(arena, &out->because, role->label);
    struct slice where = role->kind == BLOCK_HOSTS ? SLICE("") : whereabouts(judge, tally->field);
    return add_quoted(arena, &out->because, (const struct slice[]){role->label, shown, where});
}

static bool because_marked(const struct judge *judge, enum mark mark, struct arena *arena, struct verdict *out) {
    for (size_t m = 0; m < judge->met_count; m++) {
        size_t i = judge->met[m];
        if (judge->roles[i].mark == mark && weigh_tally(judge, i) != NULL && !because_block(judge, i, arena, out))
            return false;
    }
    return true;
}

static bool say_number(const struct judge *judge, enum reason reason, size_t number, struct arena *arena,
                       struct slice_list *list) {
    const char *digits = arena_printf(arena, "%zu", number);
    if (digits == NULL) return false;
    const struct slice gaps[REASON_GAPS_MOST] = {slice_from(digits)};
    return weigh_say(judge, reason, gaps, arena, list);
}

static bool because_references(const struct judge *judge, struct arena *arena, struct verdict *out) {
    const struct document *document = judge->document;
    size_t linked = document->article == NULL ? 0 : document->article->references.count;
    enum reason reason = linked == 1 ? REASON_LINKED_ONE : REASON_LINKED_MANY;
    if (linked > 0 && !say_number(judge, reason, linked, arena, &out->because)) return false;
    return judge_works_found(judge, arena, out);
}

/* Numbers that stand in no words of the post: in the addresses of its links. */
static bool because_numbers(const struct judge *judge, struct arena *arena, struct verdict *out) {
    for (size_t i = 0; i < judge->trace_count; i++) {
        const struct trace *trace = &judge->traces[i];
        if (trace->kind != TRACE_NUMBERED || trace->field != FIELD_REFERENCE) continue;
        const struct slice parts[] = {judge->reasons.at[REASON_NUMBERED], quote(trace->words), SLICE("")};
        if (!add_quoted(arena, &out->because, parts)) return false;
    }
    return true;
}

/* Whether there was next to nothing to judge: a link, and perhaps a word or two with it. */
static bool is_bare_link(const struct judge *judge) {
    const struct document *document = judge->document;
    bool read = document->article != NULL && !slice_is_empty(document->article->text);
    bool link = document->links.count > 0 || slice_find(document->text, SLICE("://"), 0) != SLICE_NOT_FOUND;
    return link && !read && judge->words <= BARE_LINK_WORDS;
}

static bool write_because(const struct judge *judge, struct arena *arena, struct verdict *out) {
    if (out->level >= 4 && !because_marked(judge, MARK_SYNTHESIS, arena, out)) return false;
    if (out->level >= 3) {
        if (!because_marked(judge, MARK_TRACE, arena, out) || !because_references(judge, arena, out)) return false;
        if (out->because.count == 0 && !because_numbers(judge, arena, out)) return false;
        return judge->source_count < 2 || say_number(judge, REASON_SOURCES, judge->source_count, arena, &out->because);
    }
    if (out->level == 2) return because_marked(judge, MARK_RESEARCH, arena, out);
    if (out->level == 1)
        return because_marked(judge, MARK_ACCOUNT, arena, out) && because_marked(judge, MARK_OUTCOME, arena, out);
    enum reason nothing = REASON_NOTHING;
    if (judge->foreign && !judge->about_education) nothing = REASON_FOREIGN;
    else if (!judge->about_education) nothing = is_bare_link(judge) ? REASON_BARE_LINK : REASON_ELSEWHERE;
    return weigh_say(judge, nothing, NULL, arena, &out->because);
}

static bool write_missing(const struct judge *judge, struct arena *arena, struct verdict *out) {
    static const struct {
        enum mark mark;
        enum reason reason;
    } looked_for[] = {{MARK_SIZE, REASON_NO_SIZE},
                      {MARK_NUMBER, REASON_NO_NUMBER},
                      {MARK_LIMITS, REASON_NO_LIMITS},
                      {MARK_WHOM, REASON_NO_PUPILS}};
    if (!judge->about_education || (out->level == 0 && !out->is_idea)) return true;
    if (judge->trace_count == 0 && !weigh_say(judge, REASON_NO_LINK, NULL, arena, &out->missing)) return false;
    for (size_t i = 0; i < COUNT_OF(looked_for); i++)
        if (weigh_marked(judge, looked_for[i].mark) == 0 &&
            !weigh_say(judge, looked_for[i].reason, NULL, arena, &out->missing))
            return false;
    return true;
}

static bool note_marked(const struct judge *judge, enum mark mark, struct arena *arena, struct verdict *out) {
    for (size_t m = 0; m < judge->met_count; m++) {
        size_t i = judge->met[m];
        const struct role *role = &judge->roles[i];
        if (role->mark != mark || weigh_tally(judge, i) == NULL) continue;
        struct slice words = quote(weigh_words(judge, &judge->match.hits[judge->tallies[i].first]));
        if (!add_quoted(arena, &out->notes, (const struct slice[]){role->label, words, SLICE("")})) return false;
    }
    return true;
}

/* What pools the studies on the first topic. */
static bool note_reviews(const struct judge *judge, struct arena *arena, struct verdict *out) {
    for (size_t i = 0; out->topics.count > 0 && i < judge->review_count; i++) {
        const struct review *review = &judge->reviews[i];
        struct slice words = {0};
        if (!slice_equal(review->topic, out->topics.at[0].id)) continue;
        /* A verdict outlives its judge. */
        if (!arena_copy(arena, review->words, &words) || !slice_list_add_once(arena, &out->notes, words)) return false;
    }
    return true;
}

static bool write_notes(const struct judge *judge, struct arena *arena, struct verdict *out) {
    const struct slice chatbot[REASON_GAPS_MOST] = {judge->document->chatbot};
    if (out->language_uncovered && !weigh_say(judge, REASON_UNCOVERED, NULL, arena, &out->notes)) return false;
    if (out->promotion && !weigh_say(judge, REASON_SELLS, NULL, arena, &out->notes)) return false;
    if (out->hype && !weigh_say(judge, REASON_LOUD, NULL, arena, &out->notes)) return false;
    if (!slice_is_empty(chatbot[0]) && !weigh_say(judge, REASON_CHATBOT, chatbot, arena, &out->notes)) return false;
    if (!judge_works_noted(judge, arena, out)) return false;
    if (!judge->about_education) return true;
    return note_marked(judge, MARK_CONTESTED, arena, out) && note_marked(judge, MARK_OVERCLAIM, arena, out) &&
           note_marked(judge, MARK_NOTE, arena, out) && note_reviews(judge, arena, out);
}

static bool write_skipped(const struct judge *judge, struct arena *arena, struct verdict *out) {
    for (size_t i = 0; i < judge->match.undecided_count; i++) {
        const struct slice gaps[REASON_GAPS_MOST] = {judge->roles[judge->match.undecided[i]].id};
        if (!weigh_say(judge, REASON_UNDECIDED, gaps, arena, &out->skipped)) return false;
    }
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        const struct slice gaps[REASON_GAPS_MOST] = {slice_from(field_name((enum field)i))};
        if (judge->match.cut[i] && !weigh_say(judge, REASON_CUT, gaps, arena, &out->skipped)) return false;
    }
    return true;
}

bool judge_words(struct judge *judge, struct arena *arena, struct verdict *out) {
    return write_because(judge, arena, out) && write_missing(judge, arena, out) && write_notes(judge, arena, out) &&
           write_skipped(judge, arena, out);
}
