#include "base/jtree.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/limits.h"

/* Both types are jansson's json_t under another name, so that no one else sees jansson. */
static struct jtree *as_doc(json_t *json) {
    return (struct jtree *)json;
}

static json_t *from_doc(const struct jtree *doc) {
    return (json_t *)(const void *)doc;
}

static const struct jnode *as_node(const json_t *json) {
    return (const struct jnode *)json;
}

static json_t *from_node(const struct jnode *node) {
    return (json_t *)(const void *)node;
}

/* Index of the quote that ends the string at `at`, or the length. */
static size_t end_of_string(struct slice text, size_t at) {
    for (;;) {
        size_t end = slice_find_byte(text, '"', at + 1), slashes = 0;
        if (end == SLICE_NOT_FOUND) return text.len;
        while (text.at[end - 1 - slashes] == '\\') slashes++;
        if (slashes % 2 == 0) return end;
        at = end;
    }
}

/* jansson recurses as deep as the text does, so the depth is bounded before it starts. */
static bool too_deep(struct slice text) {
    size_t depth = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == '"') i = end_of_string(text, i);
        else if (c == '[' || c == '{') {
            if (++depth > LIMIT_JSON_DEPTH) return true;
        } else if ((c == ']' || c == '}') && depth > 0) depth--;
    }
    return false;
}

static json_t *load(struct slice text, json_error_t *error) {
    return json_loadb(text.at == NULL ? "" : text.at, text.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, error);
}

/* The code unit of the escape \uXXXX at `at`, -1 when there is none. */
static int unit_at(struct slice text, size_t at) {
    int value = 0;
    if (at + 6 > text.len || text.at[at] != '\\' || text.at[at + 1] != 'u') return -1;
    for (size_t i = at + 2; i < at + 6; i++) {
        char c = text.at[i];
        int digit = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
        if (digit < 0) return -1;
        value = value * 16 + digit;
    }
    return value;
}

/* Half a character, as some programs write it, costs a mark and not the whole answer: \uFFFD stands for each. False
 * when there is nothing to mend. */
static bool mend_surrogates(struct slice text, struct buf *out) {
    size_t run = 0;
    *out = buf_new(text.len + 1);
    for (size_t at = 0; (at = slice_find_byte(text, '\\', at)) != SLICE_NOT_FOUND;) {
        int unit = unit_at(text, at), next = unit_at(text, at + 6);
        bool high = unit >= 0xD800 && unit < 0xDC00, low = unit >= 0xDC00 && unit < 0xE000;
        bool pair = high && next >= 0xDC00 && next < 0xE000;
        if (pair) at += 12;
        else if (!high && !low) at += 2;
        else {
            buf_add(out, slice_part(text, run, at));
            buf_add_text(out, "\\uFFFD");
            run = at += 6;
        }
    }
    if (run == 0) return false;
    buf_add(out, slice_part(text, run, text.len));
    return !buf_failed(out);
}

struct jtree *jtree_read(struct slice text, struct fault *fault) {
    if (too_deep(text)) {
        fault_set(fault, FAULT_LIMIT, "JSON is nested deeper than %u", LIMIT_JSON_DEPTH);
        return NULL;
    }
    json_error_t error;
    if (slice_starts(text, SLICE("\xEF\xBB\xBF"))) text = slice_part(text, 3, text.len);
    json_t *json = load(text, &error);
    AUTO(buf_free)
    struct buf mended = {0};
    if (json == NULL && mend_surrogates(text, &mended)) json = load(buf_slice(&mended), &error);
    if (json == NULL) {
        if (json_error_code(&error) == json_error_out_of_memory) fault_memory(fault);
        else fault_set(fault, FAULT_INPUT, "not JSON: line %d, column %d: %s", error.line, error.column, error.text);
    }
    return as_doc(json);
}

void jtree_free(struct jtree **doc) {
    json_decref(from_doc(*doc));
    *doc = NULL;
}

const struct jnode *jtree_root(const struct jtree *doc) {
    return as_node(from_doc(doc));
}

bool jtree_is_object(const struct jnode *node) {
    return node != NULL && json_typeof(from_node(node)) == JSON_OBJECT;
}

bool jtree_is_array(const struct jnode *node) {
    return node != NULL && json_typeof(from_node(node)) == JSON_ARRAY;
}

bool jtree_is_string(const struct jnode *node) {
    return node != NULL && json_typeof(from_node(node)) == JSON_STRING;
}

bool jtree_is_null(const struct jnode *node) {
    return node != NULL && json_typeof(from_node(node)) == JSON_NULL;
}

const struct jnode *jtree_get(const struct jnode *node, const char *key) {
    return as_node(json_object_get(from_node(node), key));
}

const struct jnode *jtree_path(const struct jnode *node, const char *path) {
    char key[64];
    struct slice rest = slice_from(path);
    while (!slice_is_absent(rest) && node != NULL) {
        struct slice part = slice_next(&rest, '.');
        if (part.len >= sizeof key) return NULL;
        memcpy(key, part.at, part.len);
        key[part.len] = '\0';
        node = jtree_get(node, key);
    }
    return node;
}

const struct jnode *jtree_at(const struct jnode *node, size_t index) {
    return as_node(json_array_get(from_node(node), index));
}

size_t jtree_count(const struct jnode *node) {
    if (jtree_is_array(node)) return json_array_size(from_node(node));
    return json_object_size(from_node(node));
}

bool jtree_next_member(const struct jnode *node, void **cursor, struct slice *key, const struct jnode **value) {
    if (!jtree_is_object(node)) return false;
    *cursor = *cursor == NULL ? json_object_iter(from_node(node)) : json_object_iter_next(from_node(node), *cursor);
    if (*cursor == NULL) return false;
    *key = slice_from(json_object_iter_key(*cursor));
    *value = as_node(json_object_iter_value(*cursor));
    return true;
}

struct slice jtree_text(const struct jnode *node) {
    if (!jtree_is_string(node)) return (struct slice){NULL, 0};
    return slice_of(json_string_value(from_node(node)), json_string_length(from_node(node)));
}

struct slice jtree_get_text(const struct jnode *node, const char *key) {
    return jtree_text(jtree_get(node, key));
}

struct slice jtree_text_or_number(const struct jnode *node, char scratch[32]) {
    if (node == NULL || json_typeof(from_node(node)) != JSON_INTEGER) return jtree_text(node);
    int written = snprintf(scratch, 32, "%lld", (long long)json_integer_value(from_node(node)));
    return slice_of(scratch, written < 0 ? 0 : (size_t)written);
}

long long jtree_int(const struct jnode *node, long long otherwise) {
    if (node == NULL) return otherwise;
    json_t *json = from_node(node);
    if (json_typeof(json) == JSON_INTEGER) return json_integer_value(json);
    if (json_typeof(json) == JSON_REAL) {
        double real = json_real_value(json);
        return fabs(real) < 9e18 ? (long long)real : otherwise;
    }
    long long value = otherwise;
    if (!slice_to_int64(slice_trim(jtree_text(node)), &value)) return otherwise;
    return value;
}

double jtree_real(const struct jnode *node, double otherwise) {
    if (node == NULL) return otherwise;
    json_t *json = from_node(node);
    if (json_typeof(json) == JSON_REAL) return json_real_value(json);
    if (json_typeof(json) == JSON_INTEGER) return (double)json_integer_value(json);
    return otherwise;
}

bool jtree_is_true(const struct jnode *node) {
    return node != NULL && json_typeof(from_node(node)) == JSON_TRUE;
}
