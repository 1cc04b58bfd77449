/* Patterns: only those whose needed words were met, only around those words, and never longer than the clock allows. */
#include <time.h>

#include "base/limits.h"
#include "base/mem.h"
#include "classify/look.h"

#define MATCHES_OF_REGEX 48
/* Beginnings tried in one call. Each may look at all of the text behind it without reaching its limit, so where much
 * stands behind, few are tried at first, and more as long as that is quick. */
#define STARTS_OF_CALL ((size_t)128)
#define STARTS_AT_FIRST ((size_t)16)
#define MUCH_TEXT_BYTES 2048u
#define QUICK_US 200
#define SLOW_US 1000
#define CALLS_BETWEEN_CLOCKS 16
#define BLAME_US ((int64_t)LIMIT_JUDGE_CPU_MS * 1000 / 4)
/* How far around its needed word a pattern of no bounded length is looked for, and the longest window. */
#define REACH_UNBOUNDED 512u
#define REACH_MOST 1024u
#define WINDOW_STARTS 1024u

static int64_t cpu_us(void) {
    struct timespec now;
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now) != 0) return 0;
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* The clock is a call into the system, so a document that needs few calls never looks at it. What the first calls took
 * is not counted: the ceiling is a little below what is promised. */
static bool out_of_time(struct scratch *scratch, bool dear) {
    scratch->took_us = 0;
    if (scratch->out_of_time) return true;
    if (!dear && ++scratch->calls % CALLS_BETWEEN_CLOCKS != 0) return false;
    int64_t now_us = cpu_us();
    if (scratch->began_us == 0) scratch->began_us = scratch->clock_us = now_us;
    scratch->took_us = now_us - scratch->clock_us;
    scratch->clock_us = now_us;
    scratch->out_of_time = now_us - scratch->began_us > (int64_t)LIMIT_JUDGE_CPU_MS * 1000 / 2;
    return scratch->out_of_time;
}

static void leave_undecided(struct scratch *scratch, uint32_t block) {
    for (size_t i = 0; i < scratch->undecided_count; i++)
        if (scratch->undecided[i] == block) return;
    if (scratch->undecided_count == UNDECIDED_MOST) return;
    /* Sorted, so that the order of the rules does not show. */
    size_t at = scratch->undecided_count++;
    for (; at > 0 && scratch->undecided[at - 1] > block; at--) scratch->undecided[at] = scratch->undecided[at - 1];
    scratch->undecided[at] = block;
}

/* The first token that ends behind `at` (folded). */
static size_t token_at(const struct tokens *tokens, size_t at) {
    size_t low = 0, high = tokens->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (tokens->at[middle].end <= at) low = middle + 1;
        else high = middle;
    }
    return low;
}

static size_t to_border(struct slice text, size_t at, int direction) {
    while (at > 0 && at < text.len && ((unsigned char)text.at[at] & 0xC0) == 0x80) at = direction < 0 ? at - 1 : at + 1;
    return at;
}

static bool is_word_byte(char byte) {
    unsigned char c = (unsigned char)byte;
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '_';
}

/* As written, a word may begin behind a letter that shows nothing; folded it is the middle of one, for whoever reads as
 * for the words that a pattern needs. */
static bool is_within_word(const struct fold *fold, size_t from, size_t start) {
    struct slice folded = buf_slice(&fold->text);
    if (from == 0 || from >= folded.len || !is_word_byte(folded.at[from - 1]) || !is_word_byte(folded.at[from]))
        return false;
    return start > 0 && fold_folded(fold, (uint32_t)start - 1) == from;
}

static bool add_span(struct looking *look, const struct compiled_regex *regex, size_t start, size_t end) {
    const struct fold *fold = &look->scratch->fold;
    const struct tokens *tokens = &look->scratch->tokens;
    struct raw_hit hit = {.block = regex->block,
                          .line = regex->line,
                          .field = (uint16_t)look->field,
                          .state = HIT_COUNTED};
    size_t from = regex->exact ? fold_folded(fold, (uint32_t)start) : start,
           to = regex->exact ? fold_folded(fold, (uint32_t)end) : end;
    if (regex->exact && is_within_word(fold, from, start)) return true;
    hit.start = regex->exact ? (uint32_t)to_border(look->original, start, -1) : fold_original(fold, (uint32_t)start);
    hit.end = regex->exact ? (uint32_t)to_border(look->original, end, 1) : fold_original(fold, (uint32_t)end);
    size_t first = token_at(tokens, from), last = token_at(tokens, to > 0 ? to - 1 : 0);
    hit.token = (uint32_t)first;
    hit.tokens = (uint32_t)(last >= first ? last - first + 1 : 1);
    hit.sentence = first < tokens->count ? tokens->at[first].sentence : 0;
    return look_add(look, &hit);
}

/* One pattern on one text, from window to window. */
struct hunt {
    struct looking *look;
    const struct compiled_regex *regex;
    uint32_t index;
    struct slice text;
    size_t behind; /* the last match ended here */
    unsigned found;
    bool over;        /* undecided, or as many matches as are taken */
    int64_t spent_us; /* as far as the clock was looked at */
};

static void give_up(struct hunt *hunt, bool failed) {
    struct scratch *scratch = hunt->look->scratch;
    leave_undecided(scratch, hunt->regex->block);
    if (failed && scratch->regex_failures[hunt->index] < REGEX_FAILURES_TO_REST) scratch->regex_failures[hunt->index]++;
    hunt->over = true;
}

static size_t next_starts(const struct scratch *scratch, size_t starts) {
    if (scratch->took_us > SLOW_US) return starts > 4 ? starts / 4 : 1;
    return scratch->took_us < QUICK_US && starts < STARTS_OF_CALL ? starts * 2 : starts;
}

/* Machine code is made once for all documents: the one at hand is not to blame for what that takes. */
static void make_ready(struct scratch *scratch, struct pattern *pattern) {
    int64_t before_us = scratch->began_us == 0 ? 0 : cpu_us();
    pattern_make_ready(pattern);
    if (scratch->began_us == 0) return;
    scratch->clock_us = cpu_us();
    scratch->began_us += scratch->clock_us - before_us;
}

/* Tries the beginnings from..latest; a match may reach to `end`. False only when out of memory. */
static bool search(struct hunt *hunt, size_t from, size_t latest, size_t end) {
    struct scratch *scratch = hunt->look->scratch;
    bool wide = pattern_is_wide(hunt->regex->pattern), much = end - from > MUCH_TEXT_BYTES;
    size_t starts = much ? STARTS_AT_FIRST : STARTS_OF_CALL;
    if (!pattern_is_ready(hunt->regex->pattern)) make_ready(scratch, hunt->regex->pattern);
    if (much && scratch->began_us != 0) scratch->clock_us = cpu_us();
    struct pattern_window window = {slice_part(hunt->text, 0, end), from, latest, end < hunt->text.len};
    while (window.from <= latest && !hunt->over) {
        struct pattern_match match;
        window.latest = latest - window.from < starts ? latest : window.from + starts - 1;
        enum pattern_answer answer = pattern_find(hunt->regex->pattern, scratch->room, &window, &match);
        if (answer == PATTERN_UNDECIDED || out_of_time(scratch, match.dear || much)) {
            /* Who took most of the time is to blame, not who happened to be at work when it was up. */
            give_up(hunt, answer == PATTERN_UNDECIDED || hunt->spent_us + scratch->took_us > BLAME_US);
        } else if (answer == PATTERN_NO) {
            window.from = window.latest + 1;
        } else {
            if (match.end > match.start && !add_span(hunt->look, hunt->regex, match.start, match.end)) return false;
            window.from = hunt->behind = match.end > match.start ? match.end : match.end + 1;
            hunt->over = ++hunt->found >= MATCHES_OF_REGEX;
        }
        if (wide) window.from = to_border(window.text, window.from, 1);
        if (much) starts = next_starts(scratch, starts);
        hunt->spent_us += scratch->took_us;
    }
    return true;
}

static size_t reach_of(uint32_t bytes) {
    uint32_t reach = bytes == NEED_UNBOUNDED ? REACH_UNBOUNDED : bytes;
    return reach > REACH_MOST ? REACH_MOST : reach;
}

static size_t ahead_of(const struct need *need) {
    return need->ahead > REACH_UNBOUNDED ? REACH_UNBOUNDED : need->ahead;
}

static size_t candidate_place(const struct hunt *hunt, uint32_t candidate) {
    const struct scratch *scratch = hunt->look->scratch;
    uint32_t at = scratch->found.candidates[candidate - 1].at;
    return hunt->regex->exact ? fold_original(&scratch->fold, at) : at;
}

/* The next candidate from `candidate` on that has all it needs around it, or 0. Asks the gate alone: of many patterns
 * most end here, and none of their own memory was touched. */
static uint32_t open_from(const struct looking *look, uint32_t candidate) {
    const struct gate_found *found = &look->scratch->found;
    const struct gate *gate = &look->set->matcher->gate;
    for (; candidate != 0; candidate = found->candidates[candidate - 1].next) {
        const struct gate_candidate *here = &found->candidates[candidate - 1];
        const struct gate_way *way = &gate->ways[here->way];
        if (way->clauses == 1) return candidate;
        /* Folded and original places are not as far from each other. */
        uint32_t around = (uint32_t)reach_of(way->width) * (way->original ? 2 : 1) + 64;
        if (gate_is_open(gate, found, here, around)) return candidate;
    }
    return 0;
}

/* Beginnings from..place may match. Where they touch those before them they become one window with them, unless that
 * would be very long. */
static bool add_window(struct hunt *hunt, size_t from, size_t place) {
    struct window_array *windows = &hunt->look->scratch->windows;
    while (windows->count > 0) {
        const struct window *last = &windows->at[windows->count - 1];
        size_t joined = last->from < from ? last->from : from;
        if (from > last->latest + 1) break;
        if (place - joined > WINDOW_STARTS) {
            from = to_border(hunt->text, last->latest + 1, 1);
            break;
        }
        from = joined;
        windows->count--;
    }
    if (windows->count == windows->capacity) {
        size_t wider = windows->capacity == 0 ? 64 : windows->capacity * 2;
        struct window *more = mem_resize(windows->at, wider, sizeof *more);
        if (more == NULL) return false;
        windows->at = more;
        windows->capacity = wider;
    }
    if (from <= place) windows->at[windows->count++] = (struct window){(uint32_t)from, (uint32_t)place};
    return true;
}

/* Where a match may begin: not further before a needed word than that may stand within it. */
static bool list_windows(struct hunt *hunt, uint32_t candidate) {
    const struct gate_found *found = &hunt->look->scratch->found;
    hunt->look->scratch->windows.count = 0;
    while (candidate != 0) {
        size_t place = candidate_place(hunt, candidate), before = reach_of(found->candidates[candidate - 1].before);
        if (!add_window(hunt, to_border(hunt->text, place > before ? place - before : 0, -1), place)) return false;
        candidate = open_from(hunt->look, found->candidates[candidate - 1].next);
    }
    return true;
}

static bool hunt_gated(struct hunt *hunt, uint32_t candidate) {
    const struct need *need = pattern_need(hunt->regex->pattern);
    size_t reach = reach_of(need->width), ahead = ahead_of(need);
    const struct window_array *windows = &hunt->look->scratch->windows;
    if (!list_windows(hunt, candidate)) return false;
    for (size_t i = 0; i < windows->count && !hunt->over; i++) {
        size_t latest = windows->at[i].latest, from = windows->at[i].from, end = latest + reach + ahead + 4;
        if (from < hunt->behind) from = hunt->behind;
        if (end > hunt->text.len || need->to_the_end) end = hunt->text.len;
        if (!search(hunt, from, latest, to_border(hunt->text, end, 1))) return false;
    }
    return true;
}

/* `candidate` is the first that is open; 0 = it runs everywhere. */
static bool run_regex(struct looking *look, uint32_t index, uint32_t candidate) {
    struct scratch *scratch = look->scratch;
    const struct compiled_regex *regex = &look->set->matcher->regexes[index];
    struct slice folded = buf_slice(&scratch->fold.text);
    struct hunt hunt = {look, regex, index, folded, 0, 0, false, 0};
    if (regex->exact) hunt.text = slice_part(look->original, 0, fold_original(&scratch->fold, (uint32_t)folded.len));
    if (scratch->regex_failures[index] >= REGEX_FAILURES_TO_REST || scratch->out_of_time) {
        give_up(&hunt, false);
        return true;
    }
    return candidate != 0 ? hunt_gated(&hunt, candidate) : search(&hunt, 0, hunt.text.len, hunt.text.len);
}

bool look_for_patterns(struct looking *look) {
    struct scratch *scratch = look->scratch;
    const struct gate *gate = &look->set->matcher->gate;
    for (uint32_t i = 0; i < gate->pattern_count && scratch->ungated; i++)
        if (!run_regex(look, i, 0)) return false;
    if (scratch->ungated) return true;
    if (!gate_scan(gate, buf_slice(&scratch->fold.text), &scratch->tokens.masks, &scratch->found)) return false;
    for (size_t i = 0; i < scratch->found.touched_count; i++) {
        uint32_t index = scratch->found.touched[i], candidate = open_from(look, scratch->found.heads[index]);
        if (candidate != 0 && !run_regex(look, index, candidate)) return false;
    }
    for (size_t i = 0; i < gate->ungated_count; i++)
        if (!run_regex(look, gate->ungated[i], 0)) return false;
    return true;
}
