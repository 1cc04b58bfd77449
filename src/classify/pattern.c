#include "classify/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <string.h>

#include "base/mem.h"
#include "classify/fold.h"
#include "classify/regroup.h"

/* Real patterns stay far below the first; the second is the ceiling of one beginning of a match. */
#define MATCH_LIMIT_FIRST 1000
#define MATCH_LIMIT 10000
/* The interpreter counts each step, machine code only some: with so many times the limit they decide the same. */
#define INTERPRETER_STEPS 16
#define HEAP_LIMIT_KIB 2048
#define STACK_LEAST ((size_t)32 * 1024)
#define STACK_MOST ((size_t)512 * 1024)

struct pattern {
    pcre2_code *code;
    bool machine; /* compiled to machine code */
    bool ready;   /* it was tried */
    bool wide;    /* matches characters, not bytes */
    struct need *need;
};

struct pattern_room {
    pcre2_match_data *data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
};

/* A dash that was folded to '-' must not become a range. */
static void add_literally(struct buf *out, struct slice text) {
    for (size_t i = 0; i < text.len; i++) {
        if (strchr("-.*\"'\n", text.at[i]) != NULL) buf_add_char(out, '\\');
        buf_add_char(out, text.at[i]);
    }
}

/* What the folding makes of the text it must make of the pattern's own letters: ’ is ' there too. Only characters past
 * ASCII change; the pattern's syntax is ASCII. */
static bool fold_source(struct slice source, struct fold *fold, struct buf *out) {
    for (size_t at = 0; at < source.len;) {
        size_t run = at;
        while (at < source.len && (unsigned char)source.at[at] < 0x80) at++;
        buf_add(out, slice_part(source, run, at));
        run = at;
        while (at < source.len && (unsigned char)source.at[at] >= 0x80) at++;
        if (at == run) continue;
        if (!fold_text(fold, slice_part(source, run, at), 4096)) return false;
        add_literally(out, buf_slice(&fold->text));
    }
    return !buf_failed(out);
}

static pcre2_code *compile(struct slice source, enum pattern_text text, size_t *offset, struct fault *fault) {
    uint32_t flags = PCRE2_NEVER_BACKSLASH_C | PCRE2_NO_AUTO_CAPTURE | PCRE2_USE_OFFSET_LIMIT;
    bool ascii = true;
    for (size_t i = 0; i < source.len; i++) ascii = ascii && (unsigned char)source.at[i] < 0x80;
    if (text == PATTERN_FOLDED) flags |= PCRE2_CASELESS;
    if (text == PATTERN_ORIGINAL || !ascii) flags |= PCRE2_UTF | PCRE2_UCP | PCRE2_NO_UTF_CHECK;
    int error;
    PCRE2_SIZE where;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)source.at, source.len, flags, &error, &where, NULL);
    if (code != NULL) return code;
    PCRE2_UCHAR words[160];
    if (pcre2_get_error_message(error, words, sizeof words) < 0) words[0] = '\0';
    *offset = where;
    fault_set(fault, FAULT_CONFIG, "the pattern does not hold: %s", (const char *)words);
    return NULL;
}

/* With its lists of words in groups where that holds as well, which it does but for what nobody thought of. */
static pcre2_code *compile_grouped(struct slice source, enum pattern_text text, size_t *offset, struct fault *fault) {
    AUTO(buf_free)
    struct buf grouped = buf_new((size_t)128 * 1024);
    size_t nowhere;
    struct fault unsaid = {0};
    enum regroup_case letters = text == PATTERN_FOLDED ? REGROUP_SMALL_LETTERS : REGROUP_ANY_LETTERS;
    if (!regroup(source, letters, &grouped)) {
        fault_memory(fault);
        return NULL;
    }
    pcre2_code *code = compile(buf_slice(&grouped), text, &nowhere, &unsaid);
    return code != NULL ? code : compile(source, text, offset, fault);
}

static bool matches_nothing(const pcre2_code *code) {
    uint32_t least = 0;
    return pcre2_pattern_info(code, PCRE2_INFO_MATCHEMPTY, &least) == 0 && least == 1;
}

static struct pattern *finish(pcre2_code *code, struct slice source, enum pattern_text text, struct arena *work,
                              struct arena *arena) {
    struct pattern *pattern = mem_new(1, sizeof *pattern);
    uint32_t options = 0;
    if (pattern == NULL) return NULL;
    pattern->code = code;
    pattern->need = arena_alloc(arena, 1, sizeof *pattern->need);
    enum need_text of = text == PATTERN_ORIGINAL ? NEED_ORIGINAL : NEED_FOLDED;
    if (pattern->need == NULL || !need_of(source, of, work, arena, pattern->need)) {
        mem_free(pattern);
        return NULL;
    }
    pattern->wide = pcre2_pattern_info(code, PCRE2_INFO_ALLOPTIONS, &options) == 0 && (options & PCRE2_UTF) != 0;
    return pattern;
}

struct pattern *pattern_new(struct slice source, enum pattern_text text, struct arena *work, struct arena *arena,
                            size_t *offset, struct fault *fault) {
    AUTO(buf_free)
    struct buf folded = buf_new(16384);
    AUTO(fold_free)
    struct fold fold = {0};
    *offset = 0;
    if (text == PATTERN_FOLDED) {
        if (!fold_source(source, &fold, &folded)) {
            fault_memory(fault);
            return NULL;
        }
        source = buf_slice(&folded);
    }
    pcre2_code *code = compile_grouped(source, text, offset, fault);
    if (code == NULL) return NULL;
    if (matches_nothing(code)) {
        fault_set(fault, FAULT_CONFIG, "the pattern also matches nothing at all, so it would match everywhere");
        pcre2_code_free(code);
        return NULL;
    }
    struct pattern *pattern = finish(code, source, text, work, arena);
    if (pattern == NULL) {
        pcre2_code_free(code);
        fault_memory(fault);
    }
    return pattern;
}

void pattern_free(struct pattern *pattern) {
    if (pattern == NULL) return;
    pcre2_code_free(pattern->code);
    mem_free(pattern);
}

void pattern_make_ready(struct pattern *pattern) {
    if (!pattern->ready) pattern->machine = pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE) == 0;
    pattern->ready = true;
}

bool pattern_is_ready(const struct pattern *pattern) {
    return pattern->ready;
}

void pattern_interpret(struct pattern *pattern) {
    pattern->ready = true;
    pattern->machine = false;
}

struct pattern_room *pattern_room_new(struct fault *fault) {
    struct pattern_room *room = mem_new(1, sizeof *room);
    if (room != NULL) {
        room->data = pcre2_match_data_create(1, NULL);
        room->context = pcre2_match_context_create(NULL);
        room->stack = pcre2_jit_stack_create(STACK_LEAST, STACK_MOST, NULL);
    }
    if (room == NULL || room->data == NULL || room->context == NULL) {
        pattern_room_free(&room);
        fault_memory(fault);
        return NULL;
    }
    (void)pcre2_set_heap_limit(room->context, HEAP_LIMIT_KIB);
    pcre2_jit_stack_assign(room->context, NULL, room->stack);
    return room;
}

void pattern_room_free(struct pattern_room **room) {
    if (*room == NULL) return;
    pcre2_match_data_free((*room)->data);
    pcre2_match_context_free((*room)->context);
    pcre2_jit_stack_free((*room)->stack);
    mem_free(*room);
    *room = NULL;
}

const struct need *pattern_need(const struct pattern *pattern) {
    return pattern->need;
}

bool pattern_is_wide(const struct pattern *pattern) {
    return pattern->wide;
}

static int find(const struct pattern *pattern, const struct pattern_room *room, const struct pattern_window *window,
                uint32_t match_limit) {
    PCRE2_SPTR at = (PCRE2_SPTR)(window->text.at == NULL ? "" : window->text.at);
    uint32_t flags = window->cut ? PCRE2_NOTEOL : 0;
    (void)pcre2_set_match_limit(room->context, pattern->machine ? match_limit : match_limit * INTERPRETER_STEPS);
    (void)pcre2_set_offset_limit(room->context, window->latest);
    if (pattern->machine)
        return pcre2_jit_match(pattern->code, at, window->text.len, window->from, flags, room->data, room->context);
    return pcre2_match(pattern->code, at, window->text.len, window->from, flags | PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT,
                       room->data, room->context);
}

enum pattern_answer pattern_find(const struct pattern *pattern, struct pattern_room *room,
                                 const struct pattern_window *window, struct pattern_match *out) {
    int answer = find(pattern, room, window, MATCH_LIMIT_FIRST);
    out->dear = answer < 0 && answer != PCRE2_ERROR_NOMATCH;
    if (answer == PCRE2_ERROR_MATCHLIMIT) answer = find(pattern, room, window, MATCH_LIMIT);
    if (answer == PCRE2_ERROR_NOMATCH) return PATTERN_NO;
    if (answer < 0) return PATTERN_UNDECIDED;
    const PCRE2_SIZE *spans = pcre2_get_ovector_pointer(room->data);
    out->start = spans[0];
    out->end = spans[1];
    return PATTERN_YES;
}
