#include "classify/need.h"

#include <string.h>

#include "classify/need_set.h"
#include "classify/need_way.h"

#define DEPTH_MOST 40

/* What a part of the pattern matches. */
struct piece {
    bool exact;              /* one of `strings` and nothing else */
    bool outside;            /* not exact: its end is no letter or digit, or a border */
    bool outside_if_any;     /* the same, when it is not empty */
    struct need_set strings; /* exact */
    struct need_set firsts;  /* not exact: what it begins with; none when that is not known */
    struct need_clause clauses[NEED_CLAUSES];
    size_t clause_count;
    uint32_t least, most; /* bytes; most may be NEED_UNBOUNDED */
    bool endless;         /* holds a repetition without end beside nothing that must stand there */
};

struct reading {
    struct slice pattern;
    size_t at;
    struct arena *arena;
    enum need_text text;
    bool wide; /* a character may be four bytes */
    unsigned depth;
    bool unread; /* something not understood: no need at all */
    bool full;   /* out of memory */
    uint32_t ahead;
    bool to_the_end, endless;
};

static struct piece alternation(struct reading *r, bool outside);

static uint32_t times(uint32_t a, uint32_t b) {
    uint64_t product = (uint64_t)a * b;
    return a == NEED_UNBOUNDED || b == NEED_UNBOUNDED || product > NEED_UNBOUNDED ? NEED_UNBOUNDED : (uint32_t)product;
}

static bool more(const struct reading *r) {
    return r->at < r->pattern.len && !r->unread && !r->full;
}

static bool next_is(const struct reading *r, const char *text) {
    size_t at = r->at;
    for (; *text != '\0'; text++, at++)
        if (at >= r->pattern.len || r->pattern.at[at] != *text) return false;
    return true;
}

static bool take(struct reading *r, const char *text) {
    if (!next_is(r, text)) return false;
    r->at += strlen(text);
    return true;
}

/* ---- pieces ---- */

static struct piece nothing(struct reading *r) {
    struct piece piece = {.exact = true};
    if (!need_set_one(r->arena, SLICE(""), &piece.strings)) r->full = true;
    return piece;
}

static struct piece literal(struct reading *r, char c) {
    uint32_t width = c == NEED_BORDER || c == NEED_START ? 0 : 1;
    struct piece piece = {.exact = true, .least = width, .most = width};
    char *byte = arena_alloc(r->arena, 1, 1);
    if (byte == NULL || !need_set_one(r->arena, slice_of(byte, 1), &piece.strings)) r->full = true;
    else *byte = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    return piece;
}

/* Several characters that stand for themselves, at r->at. */
static struct piece literals(struct reading *r, size_t count) {
    struct piece piece = {.exact = true, .least = (uint32_t)count, .most = (uint32_t)count};
    char *bytes = arena_alloc(r->arena, count, 1);
    if (bytes == NULL || !need_set_one(r->arena, slice_of(bytes, count), &piece.strings)) {
        r->full = true;
        return piece;
    }
    for (size_t i = 0; i < count; i++) {
        char c = r->pattern.at[r->at++];
        bytes[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return piece;
}

static struct piece any_char(const struct reading *r, bool outside) {
    return (struct piece){.outside = outside, .outside_if_any = outside, .least = 1, .most = r->wide ? 4 : 1};
}

/* Zero width, and what follows may begin inside a word as far as we know. */
static struct piece no_width(void) {
    return (struct piece){.outside = false};
}

/* Folding makes other marks of these; no letters. */
static bool is_folded_away(const struct reading *r, char c) {
    return r->text == NEED_ORIGINAL && (c == '`' || c == '&');
}

static void add_clause(struct piece *piece, struct need_clause clause) {
    size_t i = piece->clause_count;
    if (i == NEED_CLAUSES && piece->clauses[i - 1].cost <= clause.cost) return;
    if (i == NEED_CLAUSES) i--;
    else piece->clause_count++;
    for (; i > 0 && piece->clauses[i - 1].cost > clause.cost; i--) piece->clauses[i] = piece->clauses[i - 1];
    piece->clauses[i] = clause;
}

/* The strings, which stand behind so many bytes of the piece at most, become a clause of it. */
static void settle(struct reading *r, struct piece *piece, const struct need_set *strings, uint32_t before) {
    struct need_clause clause;
    bool usable;
    if (!need_set_clause(r->arena, strings, &clause, &usable)) r->full = true;
    if (r->full || !usable) return;
    clause.before = need_plus(clause.before, before);
    add_clause(piece, clause);
}

static struct piece inexact(struct reading *r, struct piece piece) {
    if (!piece.exact) return piece;
    piece.outside = need_set_ends_outside(&piece.strings, EMPTY_ENDS_INSIDE);
    piece.outside_if_any = need_set_ends_outside(&piece.strings, EMPTY_ENDS_OUTSIDE);
    piece.exact = false;
    settle(r, &piece, &piece.strings, 0);
    return piece;
}

/* ---- classes ---- */

struct class {
    bool has[128];
    bool others; /* past ASCII */
};

static void add_range(struct class *class, unsigned from, unsigned to) {
    for (unsigned c = from; c <= to && c < 128; c++) class->has[c] = true;
    if (to >= 128) class->others = true;
}

static void add_named(struct class *class, char name) {
    switch (name) {
        case 'd': add_range(class, '0', '9'); return;
        case 's':
            add_range(class, '\t', '\r');
            class->has[' '] = class->others = true;
            return;
        case 'h': class->has[' '] = class->has['\t'] = class->others = true; return;
        case 'v':
        case 'R':
            add_range(class, '\n', '\r');
            class->others = true;
            return;
        case 'w':
            add_range(class, '0', '9');
            add_range(class, 'a', 'z');
            add_range(class, 'A', 'Z');
            class->has['_'] = class->others = true;
            return;
        case 'D':
        case 'S':
        case 'H':
        case 'V':
        case 'N': add_range(class, 0, 255); return;
        case 'W':
            add_range(class, 0, '/');
            add_range(class, ':', '@');
            add_range(class, '[', '^');
            class->has['`'] = class->others = true;
            add_range(class, '{', 127);
            return;
        default: return;
    }
}

static bool is_named(char c) {
    return strchr("dDsSwWhHvVNR", c) != NULL && c != '\0';
}

/* A character that an escape stands for; false when it is none. */
static bool escaped_char(char c, char *out) {
    static const char from[] = "ntrfae", to[] = "\n\t\r\f\a\x1b";
    const char *found = c == '\0' ? NULL : strchr(from, c);
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    *out = found != NULL ? to[found - from] : c;
    return found != NULL || !letter;
}

/* What stands for an ASCII letter in the text may be written in either case. */
static struct piece class_piece(struct reading *r, struct class *class, bool negated) {
    size_t count = 0;
    bool letters = false;
    for (unsigned c = 'A'; c <= 'Z'; c++) {
        /* A class that leaves out one case only is read as leaving out neither. */
        bool either = negated ? class->has[c] && class->has[c + 32] : class->has[c] || class->has[c + 32];
        class->has[c] = class->has[c + 32] = either;
    }
    for (unsigned c = 0; c < 128; c++) {
        bool in = class->has[c] != negated;
        if (in && !(c >= 'A' && c <= 'Z')) count++;
        if (in && need_is_letter((char)c)) letters = true;
    }
    bool others = negated || class->others;
    if (others || count > 10 || count == 0) return any_char(r, !letters && !(others && r->text == NEED_ORIGINAL));
    struct piece piece = {.exact = true, .least = 1, .most = 1};
    piece.strings.at = arena_alloc(r->arena, count, sizeof *piece.strings.at);
    char *bytes = arena_alloc(r->arena, count, 1);
    if (piece.strings.at == NULL || bytes == NULL) {
        r->full = true;
        return piece;
    }
    for (unsigned c = 0; c < 128; c++) {
        if (class->has[c] == negated || (c >= 'A' && c <= 'Z')) continue;
        bytes[piece.strings.count] = (char)c;
        piece.strings.at[piece.strings.count] = slice_of(bytes + piece.strings.count, 1);
        piece.strings.count++;
    }
    return piece;
}

/* One member of a class behind '['; *named when it stands for several. */
static unsigned class_member(struct reading *r, struct class *class, bool *named) {
    char c = r->pattern.at[r->at++];
    *named = false;
    if (c != '\\') return (unsigned char)c;
    if (!more(r)) {
        r->unread = true;
        return 0;
    }
    c = r->pattern.at[r->at++];
    *named = is_named(c);
    if (*named) add_named(class, c);
    else if (c == 'b') return '\b';
    else if (!escaped_char(c, &c)) r->unread = true;
    return (unsigned char)c;
}

static struct piece read_class(struct reading *r) {
    struct class class = {.others = false};
    bool negated = take(r, "^"), first = true;
    while (more(r) && (first || !next_is(r, "]"))) {
        bool named, to_named;
        first = false;
        if (next_is(r, "[:") || next_is(r, "[.") || next_is(r, "[=")) r->unread = true;
        if (!more(r)) break;
        unsigned from = class_member(r, &class, &named), to = from;
        bool range = !named && next_is(r, "-") && r->at + 1 < r->pattern.len && r->pattern.at[r->at + 1] != ']';
        if (range) {
            r->at++;
            to = class_member(r, &class, &to_named);
            if (to_named) class.has['-'] = true;
            if (to_named) to = from;
        }
        if (!named) add_range(&class, from, to);
    }
    if (!take(r, "]")) r->unread = true;
    return class_piece(r, &class, negated);
}

/* ---- escapes and groups ---- */

static struct piece read_escape(struct reading *r) {
    char c;
    if (!more(r)) r->unread = true;
    if (r->unread) return nothing(r);
    c = r->pattern.at[r->at++];
    if (c == 'b') return literal(r, NEED_BORDER);
    if (c == 'B') return no_width();
    if (c == 'A') return literal(r, NEED_START);
    if (c == 'z' || c == 'Z') {
        r->to_the_end = true;
        return nothing(r);
    }
    if (is_named(c)) {
        struct class class = {.others = false};
        add_named(&class, c);
        struct piece piece = class_piece(r, &class, false);
        if (c == 'R') piece = (struct piece){.outside = true, .outside_if_any = true, .least = 1, .most = 3};
        return piece;
    }
    if (!escaped_char(c, &c)) r->unread = true;
    return is_folded_away(r, c) ? any_char(r, true) : literal(r, c);
}

/* (?=…) and its kin: nothing is taken, and nothing is needed. */
static struct piece look_around(struct reading *r, bool ahead) {
    /* Not behind a letter: a word begins. */
    bool no_word = !ahead && (next_is(r, "\\w)") || next_is(r, "[^\\W") ||
                              (next_is(r, "[") && slice_find(slice_part(r->pattern, r->at, r->at + 12), SLICE("\\w])"),
                                                             0) != SLICE_NOT_FOUND));
    struct piece inner = alternation(r, false);
    if (ahead && inner.most > r->ahead) r->ahead = inner.most;
    return no_word ? literal(r, NEED_BORDER) : no_width();
}

/* The place behind the class whose '[' stands at `at`. */
static size_t class_end(struct slice pattern, size_t at) {
    at++;
    if (at < pattern.len && pattern.at[at] == '^') at++;
    for (bool first = true; at < pattern.len && (first || pattern.at[at] != ']'); at++) {
        first = false;
        if (pattern.at[at] == '\\') at++;
    }
    return at + 1;
}

/* Whether the group that begins here can stand several times. */
static bool group_repeats(const struct reading *r) {
    unsigned depth = 1;
    size_t at = r->at;
    while (at < r->pattern.len && depth > 0) {
        char c = r->pattern.at[at];
        if (c == '[') {
            at = class_end(r->pattern, at);
            continue;
        }
        if (c == '(') depth++;
        if (c == ')') depth--;
        at += c == '\\' ? 2 : 1;
    }
    return at < r->pattern.len && strchr("*+{", r->pattern.at[at]) != NULL;
}

static struct piece read_group(struct reading *r, bool outside) {
    struct piece piece;
    if (++r->depth > DEPTH_MOST) r->unread = true;
    if (take(r, "?=") || take(r, "?!")) piece = look_around(r, true);
    else if (take(r, "?<!")) piece = look_around(r, false);
    else if (take(r, "?<=")) {
        (void)alternation(r, false);
        piece = no_width();
    } else if (take(r, "?i)")) {
        r->depth--;
        return nothing(r);
    } else {
        bool plain =
            take(r, "?:") || take(r, "?i:") || take(r, "?>") || take(r, "?|") || !(next_is(r, "?") || next_is(r, "*"));
        if (!plain) r->unread = true;
        piece = alternation(r, outside && !group_repeats(r));
    }
    if (!take(r, ")")) r->unread = true;
    r->depth--;
    return piece;
}

/* How many characters from here on stand for themselves, each once. */
static size_t plain_run(const struct reading *r) {
    size_t end = r->at, len = r->pattern.len;
    while (end < len && end - r->at < NEED_ATOM_BYTES) {
        char c = r->pattern.at[end];
        if (!need_is_letter(c) && !(c >= 'A' && c <= 'Z') && c != ' ' && c != '-') break;
        end++;
    }
    bool repeated = end < len && strchr("*+?{", r->pattern.at[end]) != NULL;
    return end - r->at - (repeated && end > r->at ? 1 : 0);
}

static struct piece read_item(struct reading *r, bool outside) {
    size_t run = plain_run(r);
    if (run > 1) return literals(r, run);
    char c = r->pattern.at[r->at++];
    switch (c) {
        case '(': return read_group(r, outside);
        case '[': return read_class(r);
        case '\\': return read_escape(r);
        case '.': return any_char(r, false);
        case '^': return literal(r, NEED_START);
        case '$': return no_width();
        default: break;
    }
    if (is_folded_away(r, c)) return any_char(r, true);
    if ((unsigned char)c < 0x80) return literal(r, c);
    while (more(r) && ((unsigned char)r->pattern.at[r->at] & 0xC0) == 0x80) r->at++;
    return any_char(r, false);
}

/* ---- repetition ---- */

static bool read_number(struct reading *r, uint32_t *out) {
    size_t before = r->at;
    *out = 0;
    while (more(r) && r->pattern.at[r->at] >= '0' && r->pattern.at[r->at] <= '9' && *out < 100000)
        *out = *out * 10 + (uint32_t)(r->pattern.at[r->at++] - '0');
    return r->at > before;
}

/* {n}, {n,} or {n,m}; anything else is no quantifier. */
static bool read_braces(struct reading *r, uint32_t *least, uint32_t *most) {
    size_t before = r->at;
    if (!take(r, "{")) return false;
    if (read_number(r, least)) {
        *most = *least;
        if (take(r, ",") && !read_number(r, most)) *most = NEED_UNBOUNDED;
        if (take(r, "}")) return true;
    }
    r->at = before;
    return false;
}

static bool read_quantifier(struct reading *r, uint32_t *least, uint32_t *most) {
    *least = 0;
    *most = NEED_UNBOUNDED;
    if (take(r, "*")) {
    } else if (take(r, "+")) *least = 1;
    else if (take(r, "?")) *most = 1;
    else if (!read_braces(r, least, most)) return false;
    if (!take(r, "?")) (void)take(r, "+");
    return true;
}

static struct piece repeated(struct reading *r, struct piece one, uint32_t least, uint32_t most) {
    struct piece piece = one;
    bool fits = false;
    if (one.exact && least == 0 && most == 1) {
        struct piece none = nothing(r);
        if (!r->full && !need_set_union(r->arena, &one.strings, &none.strings, &piece.strings, &fits)) r->full = true;
        if (fits) piece.least = 0;
        if (fits || r->full) return piece;
    }
    if (least == 1 && most == 1) return one;
    if (one.exact && least == most && most == 2 &&
        !need_set_product(r->arena, &one.strings, &one.strings, &piece.strings, &fits))
        r->full = true;
    piece.least = times(one.least, least);
    piece.most = times(one.most, most);
    if (fits) return piece;
    piece = inexact(r, piece);
    if (least == 0) {
        piece.clause_count = 0;
        piece.outside = false;
        piece.firsts.count = 0;
    } else if (one.exact) {
        piece.firsts = one.strings;
    }
    if (most == NEED_UNBOUNDED && one.endless) r->endless = true;
    piece.endless = most == NEED_UNBOUNDED && one.most > 0;
    return piece;
}

/* ---- sequences and alternatives ---- */

struct sequence {
    struct piece piece;   /* so far; its strings are the run that is still exact */
    bool all_exact;       /* nothing but the run */
    uint32_t run_before;  /* bytes before the run at most */
    uint32_t others_need; /* bytes that all parts but the endless ones must have */
    bool has_endless;
};

static void start_run(struct reading *r, struct sequence *s, bool outside) {
    struct piece piece = outside ? literal(r, NEED_BORDER) : nothing(r);
    s->piece.strings = piece.strings;
    s->run_before = s->piece.most;
    s->all_exact = false;
}

/* The run and the strings that follow it, when that is not too much. */
static bool extend(struct reading *r, struct sequence *s, const struct need_set *strings) {
    bool fits = false;
    if (!need_set_product(r->arena, &s->piece.strings, strings, &s->piece.strings, &fits)) r->full = true;
    return fits || r->full;
}

static void append_exact(struct reading *r, struct sequence *s, const struct piece *next) {
    bool before = need_set_ends_outside(&s->piece.strings, EMPTY_ENDS_INSIDE);
    if (extend(r, s, &next->strings)) return;
    settle(r, &s->piece, &s->piece.strings, s->run_before);
    start_run(r, s, before);
    if (extend(r, s, &next->strings)) return;
    settle(r, &s->piece, &next->strings, s->run_before);
}

static void append(struct reading *r, struct sequence *s, const struct piece *next) {
    struct piece *piece = &s->piece;
    bool before = need_set_ends_outside(&piece->strings, EMPTY_ENDS_INSIDE);
    if (next->endless) s->has_endless = true;
    else s->others_need = need_plus(s->others_need, next->least);
    if (next->exact) {
        append_exact(r, s, next);
    } else {
        if (next->firsts.count > 0) (void)extend(r, s, &next->firsts);
        settle(r, piece, &piece->strings, s->run_before);
        for (size_t i = 0; i < next->clause_count; i++) {
            struct need_clause clause = next->clauses[i];
            clause.before = need_plus(clause.before, piece->most);
            add_clause(piece, clause);
        }
    }
    piece->least = need_plus(piece->least, next->least);
    piece->most = need_plus(piece->most, next->most);
    if (!next->exact) start_run(r, s, next->outside || (next->outside_if_any && before));
}

static struct piece sequence(struct reading *r, bool outside) {
    struct sequence s = {.piece = outside ? literal(r, NEED_BORDER) : nothing(r), .all_exact = true};
    while (more(r) && !next_is(r, "|") && !next_is(r, ")")) {
        uint32_t least, most;
        struct piece item = read_item(r, need_set_ends_outside(&s.piece.strings, EMPTY_ENDS_INSIDE));
        if (more(r) && read_quantifier(r, &least, &most)) item = repeated(r, item, least, most);
        if (r->unread || r->full) return s.piece;
        append(r, &s, &item);
    }
    s.piece.exact = s.all_exact;
    if (!s.all_exact) {
        s.piece.outside = s.piece.outside_if_any = need_set_ends_outside(&s.piece.strings, EMPTY_ENDS_INSIDE);
        settle(r, &s.piece, &s.piece.strings, s.run_before);
    }
    s.piece.endless = s.has_endless && s.others_need == 0;
    return s.piece;
}

/* One of the two matches: what is needed is the cheapest clause of each. */
static struct piece either(struct reading *r, struct piece a, struct piece b) {
    struct piece piece = {.exact = a.exact && b.exact,
                          .least = a.least < b.least ? a.least : b.least,
                          .most = a.most > b.most ? a.most : b.most,
                          .endless = a.endless || b.endless};
    bool fits = false;
    if (piece.exact && !need_set_union(r->arena, &a.strings, &b.strings, &piece.strings, &fits)) r->full = true;
    if (fits || r->full) return piece;
    a = inexact(r, a);
    b = inexact(r, b);
    piece.exact = false;
    piece.outside = a.outside && b.outside;
    piece.outside_if_any = a.outside_if_any && b.outside_if_any;
    if (a.clause_count == 0 || b.clause_count == 0) return piece;
    struct need_clause clause;
    if (!need_clause_either(r->arena, &a.clauses[0], &b.clauses[0], &clause, &fits)) r->full = true;
    if (fits) add_clause(&piece, clause);
    return piece;
}

static struct piece alternation(struct reading *r, bool outside) {
    struct piece piece = sequence(r, outside);
    while (more(r) && take(r, "|")) piece = either(r, piece, sequence(r, outside));
    return piece;
}

/* ---- the whole ---- */

/* The ways found so far. Those of one clause are one way, as far as that fits: they need nothing but one of its words.
 */
struct ways {
    struct need_way *at;
    size_t count, capacity;
    bool anywhere; /* one of them needs nothing */
    uint32_t width;
    size_t simple; /* the one of one clause + 1; 0 = none */
};

static bool keep(const struct reading *r, const struct need_ways *ways, struct arena *arena, struct need *out) {
    *out = (struct need){.width = NEED_UNBOUNDED,
                         .original = r->text == NEED_ORIGINAL,
                         .to_the_end = r->to_the_end,
                         .endless = r->endless};
    if (r->unread || r->full) {
        out->to_the_end = true;
        return true;
    }
    out->width = ways->width;
    out->ahead = r->ahead;
    return need_ways_keep(ways, arena, out);
}

static void add_way(struct reading *r, struct need_ways *ways, const struct piece *piece) {
    struct need_way way = {.count = piece->clause_count, .width = piece->most};
    for (size_t i = 0; i < way.count; i++) way.clauses[i] = piece->clauses[i];
    if (!r->unread && !r->full && !need_ways_add(ways, r->arena, &way)) r->full = true;
}

bool need_of(struct slice pattern, enum need_text text, struct arena *work, struct arena *arena, struct need *out) {
    arena_reset(work);
    struct reading r = {.pattern = pattern, .arena = work, .text = text, .wide = text == NEED_ORIGINAL};
    struct need_ways ways = {.count = 0};
    for (size_t i = 0; i < pattern.len; i++) r.wide |= (unsigned char)pattern.at[i] >= 0x80;
    do {
        struct piece piece = inexact(&r, sequence(&r, false));
        add_way(&r, &ways, &piece);
    } while (more(&r) && take(&r, "|"));
    if (r.at < pattern.len) r.unread = true;
    return keep(&r, &ways, arena, out);
}
