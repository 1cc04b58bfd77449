/* How is what it says backed up, as presented? Counts what can be traced: references in words, keys, DOIs, addresses of
 * places that hold studies, the references of the linked page and what they turned out to be. */
#include <math.h>
#include <string.h>

#include "base/doi.h"
#include "base/hash.h"
#include "base/url.h"
#include "classify/weigh.h"

/* ---- telling references apart ---- */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_capital(struct slice text, size_t at) {
    unsigned char c = (unsigned char)text.at[at];
    bool first =
        at == 0 || !(((unsigned char)text.at[at - 1] | 32) >= 'a' && ((unsigned char)text.at[at - 1] | 32) <= 'z');
    return first && ((c >= 'A' && c <= 'Z') || c == 0xC3 || c == 0xC5);
}

static size_t word_end(struct slice text, size_t at) {
    while (at < text.len && !is_digit(text.at[at]) && strchr(" ,.;:()[]\n&'", text.at[at]) == NULL) at++;
    return at;
}

static bool is_written_slash(struct slice text, size_t at) {
    return text.at[at] == '%' && slice_starts_nocase(slice_part(text, at, text.len), SLICE("%2F"));
}

/* Case counts for nothing, nor how a slash is written, so that a DOI in words and one in an address are the same. */
static uint64_t key_of(struct slice text) {
    uint64_t hash = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool slash = is_written_slash(text, i);
        char c = slash ? '/' : text.at[i];
        char folded = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
        if (slash) i += 2;
        hash = hash_fnv64(slice_of(&folded, 1), hash);
    }
    return hash;
}

static void add_trace(struct judge *judge, struct trace trace) {
    for (size_t i = 0; i < judge->trace_count; i++)
        if (judge->traces[i].key == trace.key) return;
    if (judge->trace_count < TRACES_KEPT) judge->traces[judge->trace_count++] = trace;
}

/* A post that names a study and links it has one source, and "this study" or "a 2019 survey" may be the one named. */
static size_t count_sources(const struct judge *judge) {
    size_t of_kind[] = {[TRACE_NAMED] = 0, [TRACE_NUMBERED] = 0, [TRACE_UNNAMED] = 0};
    for (size_t i = 0; i < judge->trace_count; i++) of_kind[judge->traces[i].kind]++;
    size_t most = of_kind[TRACE_NAMED] > of_kind[TRACE_NUMBERED] ? of_kind[TRACE_NAMED] : of_kind[TRACE_NUMBERED];
    return most == 0 && of_kind[TRACE_UNNAMED] > 0 ? 1 : most;
}

/* A year at `at`: 19xx or 20xx with no digit around it. */
static bool is_year(struct slice text, size_t at) {
    if (at + 4 > text.len || (at > 0 && is_digit(text.at[at - 1])) || (at + 4 < text.len && is_digit(text.at[at + 4])))
        return false;
    bool century = (text.at[at] == '1' && text.at[at + 1] == '9') || (text.at[at] == '2' && text.at[at + 1] == '0');
    return century && is_digit(text.at[at + 2]) && is_digit(text.at[at + 3]);
}

/* "Roediger and Karpicke, 2006" and "[Smit2014; Jone2016]": the first name before each year, with the year. True when
 * at least one was there. */
static bool add_dated(struct judge *judge, struct slice text, enum field field) {
    struct slice name = {NULL, 0};
    bool found = false;
    for (size_t i = 0; i < text.len; i++) {
        if (is_capital(text, i) && slice_is_absent(name)) name = slice_part(text, i, word_end(text, i));
        if (slice_is_absent(name) || !is_year(text, i)) continue;
        uint64_t key = key_of(name) ^ key_of(slice_part(text, i, i + 4));
        add_trace(judge, (struct trace){.key = key, .kind = TRACE_NAMED, .words = text, .field = field});
        found = true;
        name = (struct slice){NULL, 0};
        i += 3;
    }
    return found;
}

/* The address without scheme, "www." and a slash at its end. */
static struct slice bare(struct slice text) {
    size_t scheme = slice_find(text, SLICE("://"), 0);
    if (scheme != SLICE_NOT_FOUND) text = slice_part(text, scheme + 3, text.len);
    if (slice_starts_nocase(text, SLICE("www."))) text = slice_part(text, 4, text.len);
    if (slice_ends(text, SLICE("/"))) text.len--;
    return text;
}

/* What tells it from others: the DOI that it is or holds, in its one form, or the address. */
static bool name_of(struct slice text, struct arena *arena, struct slice *out) {
    struct slice plain, doi = {NULL, 0};
    size_t end;
    if (!url_decode(arena, text, &plain)) return false;
    bool alone = doi_at(plain, 0, DOI_IN_ADDRESS, &end);
    if (alone ? !doi_normal(arena, slice_part(plain, 0, end), &doi) : !doi_in_address(arena, text, &doi)) return false;
    *out = slice_is_absent(doi) ? bare(text) : doi;
    return true;
}

static void add_numbered(struct judge *judge, struct slice id, struct slice words, enum field field) {
    add_trace(judge, (struct trace){.key = key_of(id), .kind = TRACE_NUMBERED, .words = words, .field = field});
}

/* ---- gathering ---- */

static bool trace_hits(struct judge *judge, struct arena *arena) {
    const struct raw_hit *before = NULL;
    for (size_t i = 0; i < judge->match.hit_count; i++) {
        const struct raw_hit *hit = &judge->match.hits[i];
        const struct role *role = &judge->roles[hit->block];
        if (role->mark != MARK_TRACE || !weigh_listens(judge, hit)) continue;
        /* Two rules that meet the same words have found one thing. */
        bool same = before != NULL && before->field == hit->field && hit->start < before->end;
        if (same) continue;
        before = hit;
        struct slice words = weigh_words(judge, hit);
        if (add_dated(judge, words, (enum field)hit->field)) continue;
        /* Without name and year, all hits of a rule are one thing, unless they hold a number to look up or an address.
         */
        bool number = slice_find_byte(words, '/', 0) != SLICE_NOT_FOUND;
        struct slice name = role->id;
        if (number && !name_of(words, arena, &name)) return false;
        add_trace(judge, (struct trace){.key = key_of(name),
                                        .kind = number ? TRACE_NUMBERED : TRACE_UNNAMED,
                                        .words = words,
                                        .field = (enum field)hit->field});
    }
    return true;
}

/* A DOI can be looked up whoever the host is; of other addresses the host must be known. */
static bool trace_links(struct judge *judge, struct arena *arena) {
    for (size_t i = 0; i < judge->document->links.count; i++) {
        struct slice url = judge->document->links.at[i], doi, name;
        size_t block = match_host(judge->set, url, arena);
        enum mark mark = block == RULES_NOWHERE ? MARK_NONE : judge->roles[block].mark;
        if (mark == MARK_SYNTHESIS) judge->synthesis = true;
        if (!doi_in_address(arena, url, &doi) || !name_of(url, arena, &name)) return false;
        if (mark == MARK_TRACE) add_numbered(judge, name, url, FIELD_HOST);
        else if (!slice_is_absent(doi)) add_numbered(judge, doi, doi, FIELD_REFERENCE);
    }
    return true;
}

static bool trace_reference(struct judge *judge, const struct reference *reference, enum field field,
                            struct arena *arena) {
    if (reference->kind == REFERENCE_ISBN || reference->kind == REFERENCE_HOST)
        return true; /* a book names; a host may be anything */
    if (reference->kind == REFERENCE_CITATION && add_dated(judge, reference->text, field)) return true;
    struct slice id = reference->id;
    if (slice_is_empty(id) && !name_of(reference->url, arena, &id)) return false;
    if (!slice_is_empty(id)) add_numbered(judge, id, id, field);
    return true;
}

static bool trace_references(struct judge *judge, struct arena *arena) {
    const struct document *document = judge->document;
    for (size_t i = 0; i < document->references.count; i++)
        if (!trace_reference(judge, &document->references.at[i], FIELD_REFERENCE, arena)) return false;
    for (size_t i = 0; document->article != NULL && i < document->article->references.count; i++) {
        const struct reference *reference = &document->article->references.at[i];
        if (!trace_reference(judge, reference, FIELD_ARTICLE, arena)) return false;
        size_t block = slice_is_empty(reference->url) ? RULES_NOWHERE : match_host(judge->set, reference->url, arena);
        if (block == RULES_NOWHERE) continue;
        if (judge->roles[block].mark == MARK_SYNTHESIS) judge->synthesis = true;
        struct slice name;
        if (judge->roles[block].mark != MARK_TRACE) continue;
        if (!name_of(reference->url, arena, &name)) return false;
        add_numbered(judge, name, reference->url, FIELD_ARTICLE);
    }
    for (size_t i = 0; i < document->works.count; i++)
        if (document->works.at[i].state == WORK_FOUND && document->works.at[i].is_synthesis) judge->synthesis = true;
    return true;
}

/* A word here and a word there in a long text are no account: it asks for more signs. */
static bool is_account(const struct judge *judge) {
    uint32_t accounts = weigh_marked(judge, MARK_ACCOUNT), outcomes = weigh_marked(judge, MARK_OUTCOME);
    double needs = judge->accounts + judge->outcomes;
    if (judge->account_words > 0) needs += floor(judge->words / judge->account_words);
    return accounts >= judge->accounts && outcomes >= judge->outcomes && accounts + outcomes >= needs;
}

static int level_of(const struct judge *judge, size_t topics) {
    if (!judge->about_education) return 0;
    /* Only claims about teaching and learning count: a longer text that deals with no topic must speak of schools a
     * good deal more than others do. */
    bool aside = topics == 0 && judge->words > judge->topics.length &&
                 judge->education_points < 2 * judge->education_each_word * judge->words;
    if (aside) return 0;
    if (judge->synthesis || judge->source_count >= 2) return 4;
    if (judge->source_count == 1) return 3;
    if (weigh_marked(judge, MARK_RESEARCH) > 0) return 2;
    return is_account(judge) ? 1 : 0;
}

bool judge_level(struct judge *judge, struct arena *arena, struct verdict *out) {
    judge->trace_count = 0;
    judge->synthesis = weigh_marked(judge, MARK_SYNTHESIS) > 0;
    if (!trace_hits(judge, arena) || !trace_links(judge, arena) || !trace_references(judge, arena)) return false;
    judge->source_count = count_sources(judge);
    out->level = level_of(judge, out->topics.count);
    out->level_label = judge->level_labels[out->level];
    return true;
}
