#include "classify/token.h"

#include <string.h>

#include "base/mem.h"

/* A line wrapped by hand is at least so long. */
#define WRAP_BYTES 24

enum { OTHER = 0, WORD = 1, BREAK = 2, STOP = 3 };

/* What each byte is. Bytes past ASCII are letters: symbols were folded to blanks. */
static int class_of(unsigned char c) {
    if (c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) return WORD;
    switch (c) {
        case '.':
        case '!':
        case '?':
        case '\n': return STOP;
        case ',':
        case ';':
        case ':':
        case '(':
        case ')':
        case '"':
        case '[':
        case ']':
        case '{':
        case '}':
        case '|':
        case '*':
        case '<':
        case '>': return BREAK;
        default: return OTHER;
    }
}

void tokens_free(struct tokens *tokens) {
    mem_free(tokens->at);
    masks_free(&tokens->masks);
    *tokens = (struct tokens){0};
}

static struct token *add(struct tokens *tokens) {
    if (tokens->count == tokens->capacity) {
        size_t wider = tokens->capacity == 0 ? 256 : tokens->capacity * 2;
        struct token *more = mem_resize(tokens->at, wider, sizeof *more);
        if (more == NULL) return NULL;
        tokens->at = more;
        tokens->capacity = wider;
    }
    return &tokens->at[tokens->count++];
}

/* The first byte at or behind `at` that is in a word, or the length of the text. */
static size_t next_word(const struct masks *masks, size_t at, size_t len) {
    size_t block = at / 64;
    if (at >= len) return len;
    uint64_t bits = masks->at[block].word & ~(uint64_t)0 << at % 64;
    while (bits == 0) {
        if (++block >= masks->count) return len;
        bits = masks->at[block].word;
    }
    return block * 64 + mask_lowest(bits);
}

static size_t run_end(const struct masks *masks, size_t at) {
    size_t block = at / 64; /* behind the last block stands one of zeros */
    uint64_t bits = ~masks->at[block].word & ~(uint64_t)0 << at % 64;
    while (bits == 0) bits = ~masks->at[++block].word;
    return block * 64 + mask_lowest(bits);
}

/* End of the word that starts at `at`: apostrophes count when letters stand on both sides. */
static size_t word_end(const struct masks *masks, struct slice text, size_t at, bool *plain) {
    size_t end = run_end(masks, at);
    *plain = true;
    while (end + 1 < text.len && text.at[end] == '\'' && class_of((unsigned char)text.at[end + 1]) == WORD) {
        *plain = false;
        end = run_end(masks, end + 1);
    }
    return end;
}

static char original_char(const struct fold *fold, size_t at) {
    uint32_t original = fold_original(fold, (uint32_t)at);
    return original < fold->original.len ? fold->original.at[original] : '\0';
}

static bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Where a camel-case hashtag has its next hump after `at`: a capital after a small letter, the last capital of a run
 * before small letters, a digit after a letter. */
static size_t next_hump(const struct fold *fold, size_t at, size_t end) {
    for (size_t i = at + 1; i < end; i++) {
        char before = original_char(fold, i - 1), here = original_char(fold, i);
        char next = i + 1 < end ? original_char(fold, i + 1) : '\0';
        if (is_upper(here) && !is_upper(before)) return i;
        if (is_upper(here) && is_upper(before) && next >= 'a' && next <= 'z') return i;
        if (is_digit(here) && !is_digit(before)) return i;
    }
    return end;
}

/* A line break inside a paragraph is a blank: many texts are wrapped by hand. A blank line, a line that begins with a
 * mark of a list, or a short line (a heading, a verse, an item) ends what stood before. */
static bool is_wrap(struct slice text, size_t at) {
    size_t next = at + 1, line = at;
    while (next < text.len && (text.at[next] == ' ' || text.at[next] == '\t')) next++;
    if (next >= text.len || class_of((unsigned char)text.at[next]) != WORD) return false;
    while (line > 0 && text.at[line - 1] != '\n' && at - line < WRAP_BYTES) line--;
    return at - line >= WRAP_BYTES;
}

/* A full stop ends a sentence when a blank or nothing follows; "e.g." and "3.5" do not. */
static bool ends_sentence(struct slice text, size_t at) {
    if (text.at[at] == '\n') return true;
    return at + 1 >= text.len || text.at[at + 1] == ' ' || text.at[at + 1] == '\n' || text.at[at + 1] == '"' ||
           text.at[at + 1] == ')';
}

struct reader {
    struct tokens *tokens;
    const struct fold *fold;
    bool broken, stopped;
    bool plain; /* of the word at hand */
};

static bool add_word(struct reader *reader, size_t start, size_t end, bool hashtag) {
    struct token *token = add(reader->tokens);
    if (token == NULL) return false;
    if (reader->stopped && reader->tokens->count > 1) reader->tokens->sentences++;
    *token = (struct token){.start = (uint32_t)start,
                            .end = (uint32_t)end,
                            .sentence = reader->tokens->sentences,
                            .break_before = reader->broken,
                            .hashtag = hashtag,
                            .plain = reader->plain};
    reader->broken = reader->stopped = false;
    return true;
}

/* A tag stands for itself: what is beside it does not continue it. */
static bool add_tag(struct reader *reader, size_t start, size_t end) {
    reader->broken = true;
    size_t hump = next_hump(reader->fold, start, end);
    if (hump == end) {
        bool done = add_word(reader, start, end, true);
        reader->broken = true;
        return done;
    }
    for (size_t at = start; at < end; at = hump) {
        hump = next_hump(reader->fold, at, end);
        if (!add_word(reader, at, hump, false)) return false;
    }
    reader->broken = true;
    return true;
}

/* Where an address that begins with the word at `start` ends, or `start`: what it holds is no speech. */
static size_t address_end(struct slice text, size_t start, size_t end) {
    if (end >= text.len || (text.at[end] != ':' && text.at[end] != '.')) return start;
    struct slice rest = slice_part(text, end, text.len);
    bool address = slice_starts(rest, SLICE("://")) ||
                   (slice_equal(slice_part(text, start, end), SLICE("www")) && slice_starts(rest, SLICE(".")));
    if (!address) return start;
    while (end < text.len && (unsigned char)text.at[end] > ' ' && text.at[end] != '<' && text.at[end] != '>') end++;
    return end;
}

/* What stands between two words: breaks and ends of sentences. */
static void read_gap(struct reader *reader, struct slice text, size_t at, size_t end) {
    for (; at < end; at++) {
        int class = class_of((unsigned char)text.at[at]);
        bool decimal =
            text.at[at] == '.' && at > 0 && at + 1 < text.len && is_digit(text.at[at - 1]) && is_digit(text.at[at + 1]);
        if (text.at[at] == '\n' && is_wrap(text, at)) class = OTHER;
        if (class != OTHER && !decimal) reader->broken = true;
        if (class == STOP && ends_sentence(text, at)) reader->stopped = true;
    }
}

bool tokens_read(struct tokens *tokens, const struct fold *fold) {
    struct slice text = buf_slice(&fold->text);
    struct reader reader = {.tokens = tokens, .fold = fold, .broken = true};
    tokens->count = 0;
    tokens->sentences = 0;
    if (!masks_read(&tokens->masks, text)) return false;
    for (size_t at = 0; at < text.len;) {
        size_t start = next_word(&tokens->masks, at, text.len);
        if (start - at != 1 || text.at[at] != ' ') read_gap(&reader, text, at, start);
        if (start == text.len) break;
        size_t end = word_end(&tokens->masks, text, start, &reader.plain), behind = address_end(text, start, end);
        at = end;
        if (behind > start) {
            reader.broken = true;
            at = behind;
            continue;
        }
        bool tag = start > 0 && text.at[start - 1] == '#';
        if (tag ? !add_tag(&reader, start, end) : !add_word(&reader, start, end, false)) return false;
    }
    tokens->sentences++;
    return true;
}

size_t token_key(const struct fold *fold, const struct token *token, char *out) {
    const char *text = fold->text.at + token->start;
    size_t len = token->end - token->start, kept = 0;
    if (len > 2 && text[len - 2] == '\'' && text[len - 1] == 's') len -= 2;
    for (size_t i = 0; i < len; i++)
        if (text[i] != '\'') out[kept++] = text[i];
    return kept;
}
