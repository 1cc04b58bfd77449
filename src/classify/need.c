#include "classify/need.h"

#include <string.h>

#include "classify/need_set.h"

#define DEPTH_MOST 40
#define SCRATCH_BYTES ((size_t)16 * 1024 * 1024)

/* What a part of the pattern matches. */
struct piece {
    bool exact;              /* one of `strings` and nothing else */
    bool outside;            /* not exact: its end is no letter or digit, or a border (when it is not empty) */
    struct need_set strings; /* exact */
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

static struct piece alternation(struct reading *r);

static uint32_t plus(uint32_t a, uint32_t b) {
    return a > NEED_UNBOUNDED - b ? NEED_UNBOUNDED : a + b;
}

static uint32_t times(uint32_t a, uint32_t b) {
    uint64_t product = (uint64_t)a * b;
    return a == NEED_UNBOUNDED || b == NEED_UNBOUNDED || product > NEED_UNBOUNDED ? NEED_UNBOUNDED : (uint32_t)product;
}

static bool more(const struct reading *r) {
    return r->at < r->pattern.len && !r->unread && !r->full;
}

static bool next_is(const struct reading *r, const char *text) {
    return slice_starts(slice_part(r->pattern, r->at, r->pattern.len), slice_from(text));
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
    struct piece piece = {.exact = true, .least = c == NEED_BORDER ? 0 : 1, .most = c == NEED_BORDER ? 0 : 1};
    char *byte = arena_alloc(r->arena, 1, 1);
    if (byte == NULL || !need_set_one(r->arena, slice_of(byte, 1), &piece.strings)) r->full = true;
    else *byte = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    return piece;
}

static struct piece any_char(const struct reading *r, bool outside) {
    return (struct piece){.outside = outside, .least = 1, .most = r->wide ? 4 : 1};
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

/* Its strings become a clause. */
static void settle(struct reading *r, struct piece *piece, const struct need_set *strings) {
    struct need_clause clause;
    bool usable;
    if (!need_set_clause(r->arena, strings, &clause, &usable)) r->full = true;
    else if (usable) add_clause(piece, clause);
}

static struct piece inexact(struct reading *r, struct piece piece) {
    if (!piece.exact) return piece;
    piece.outside = need_set_ends_outside(&piece.strings, true);
    piece.exact = false;
    settle(r, &piece, &piece.strings);
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
    if (c == 'A') return literal(r, NEED_BORDER);
    if (c == 'z' || c == 'Z') {
        r->to_the_end = true;
        return nothing(r);
    }
    if (is_named(c)) {
        struct class class = {.others = false};
        add_named(&class, c);
        struct piece piece = class_piece(r, &class, false);
        if (c == 'R') piece = (struct piece){.outside = true, .least = 1, .most = 3};
        return piece;
    }
    if (!escaped_char(c, &c)) r->unread = true;
    return is_folded_away(r, c) ? any_char(r, true) : literal(r, c);
}

/* (?=…) and its kin: nothing is taken, and nothing is needed. */
static struct piece look_around(struct reading *r, bool ahead) {
    struct piece inner = alternation(r);
    if (ahead && inner.most > r->ahead) r->ahead = inner.most;
    return no_width();
}

static struct piece read_group(struct reading *r) {
    struct piece piece;
    if (++r->depth > DEPTH_MOST) r->unread = true;
    if (take(r, "?=") || take(r, "?!")) piece = look_around(r, true);
    else if (take(r, "?<=") || take(r, "?<!")) piece = look_around(r, false);
    else if (take(r, "?i)")) {
        r->depth--;
        return nothing(r);
    } else {
        bool plain =
            take(r, "?:") || take(r, "?i:") || take(r, "?>") || take(r, "?|") || !(next_is(r, "?") || next_is(r, "*"));
        if (!plain) r->unread = true;
        piece = alternation(r);
    }
    if (!take(r, ")")) r->unread = true;
    r->depth--;
    return piece;
}

static struct piece read_item(struct reading *r) {
    char c = r->pattern.at[r->at++];
    switch (c) {
        case '(': return read_group(r);
        case '[': return read_class(r);
        case '\\': return read_escape(r);
        case '.': return any_char(r, false);
        case '^': return literal(r, NEED_BORDER);
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
    if (least == 0) piece.clause_count = 0;
    if (most == NEED_UNBOUNDED && one.endless) r->endless = true;
    piece.endless = most == NEED_UNBOUNDED && one.most > 0;
    return piece;
}

/* ---- sequences and alternatives ---- */

struct sequence {
    struct piece piece;   /* so far; its strings are the run that is still exact */
    bool all_exact;       /* nothing but the run */
    uint32_t others_need; /* bytes that all parts but the endless ones must have */
    bool has_endless;
};

static void start_run(struct reading *r, struct sequence *s, bool outside) {
    struct piece piece = outside ? literal(r, NEED_BORDER) : nothing(r);
    s->piece.strings = piece.strings;
    s->all_exact = false;
}

static void append(struct reading *r, struct sequence *s, const struct piece *next) {
    struct piece *piece = &s->piece;
    bool fits = false, before = need_set_ends_outside(&piece->strings, false);
    piece->least = plus(piece->least, next->least);
    piece->most = plus(piece->most, next->most);
    if (next->endless) s->has_endless = true;
    else s->others_need = plus(s->others_need, next->least);
    if (next->exact) {
        if (!need_set_product(r->arena, &piece->strings, &next->strings, &piece->strings, &fits)) r->full = true;
        if (fits || r->full) return;
        settle(r, piece, &piece->strings);
        start_run(r, s, before);
        if (r->full || !need_set_product(r->arena, &piece->strings, &next->strings, &piece->strings, &fits))
            r->full = true;
        if (fits || r->full) return;
        settle(r, piece, &next->strings);
        start_run(r, s, need_set_ends_outside(&next->strings, before));
        return;
    }
    settle(r, piece, &piece->strings);
    for (size_t i = 0; i < next->clause_count; i++) add_clause(piece, next->clauses[i]);
    bool outside = next->most == 0 ? next->outside : next->outside && (next->least > 0 || before);
    start_run(r, s, outside);
}

static struct piece sequence(struct reading *r) {
    struct sequence s = {.piece = nothing(r), .all_exact = true};
    while (more(r) && !next_is(r, "|") && !next_is(r, ")")) {
        uint32_t least, most;
        struct piece item = read_item(r);
        if (more(r) && read_quantifier(r, &least, &most)) item = repeated(r, item, least, most);
        if (r->unread || r->full) return s.piece;
        append(r, &s, &item);
    }
    s.piece.exact = s.all_exact;
    if (!s.all_exact) {
        s.piece.outside = need_set_ends_outside(&s.piece.strings, false);
        settle(r, &s.piece, &s.piece.strings);
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
    if (a.clause_count == 0 || b.clause_count == 0) return piece;
    const struct need_set one = {a.clauses[0].atoms, a.clauses[0].count},
                          other = {b.clauses[0].atoms, b.clauses[0].count};
    struct need_set both;
    if (!need_set_union(r->arena, &one, &other, &both, &fits)) r->full = true;
    if (fits) add_clause(&piece, (struct need_clause){both.at, both.count, a.clauses[0].cost + b.clauses[0].cost});
    return piece;
}

static struct piece alternation(struct reading *r) {
    struct piece piece = sequence(r);
    while (more(r) && take(r, "|")) piece = either(r, piece, sequence(r));
    return piece;
}

/* ---- the whole ---- */

static bool keep_clause(struct arena *arena, const struct need_clause *clause, struct need_clause *out) {
    *out = *clause;
    out->atoms = arena_alloc(arena, clause->count, sizeof *out->atoms);
    if (out->atoms == NULL) return false;
    for (size_t i = 0; i < clause->count; i++)
        if (!arena_copy(arena, clause->atoms[i], &out->atoms[i])) return false;
    return true;
}

static bool keep(const struct reading *r, const struct piece *piece, struct arena *arena, struct need *out) {
    *out = (struct need){.width = NEED_UNBOUNDED, .to_the_end = r->to_the_end, .endless = r->endless};
    if (r->unread || r->full) {
        out->to_the_end = true;
        return true;
    }
    out->width = piece->most;
    out->ahead = r->ahead;
    for (size_t i = 0; i < piece->clause_count; i++)
        if (!keep_clause(arena, &piece->clauses[i], &out->clauses[out->count++])) return false;
    return true;
}

bool need_of(struct slice pattern, enum need_text text, struct arena *arena, struct need *out) {
    AUTO(arena_free)
    struct arena *scratch = arena_new(SCRATCH_BYTES);
    if (scratch == NULL) return false;
    struct reading r = {.pattern = pattern, .arena = scratch, .text = text, .wide = text == NEED_ORIGINAL};
    for (size_t i = 0; i < pattern.len; i++) r.wide |= (unsigned char)pattern.at[i] >= 0x80;
    struct piece piece = inexact(&r, alternation(&r));
    if (r.at < pattern.len) r.unread = true;
    return keep(&r, &piece, arena, out);
}
