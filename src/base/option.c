#include "base/option.h"

#include <stdio.h>
#include <string.h>

#include "base/url.h"
#include "base/when.h"

static void *field(const struct option *option, void *values) {
    return (char *)values + option->offset;
}

static bool in_range(const struct option *option, double value, const char *unit, struct fault *fault) {
    if ((option->low == 0 && option->high == 0) || (value >= option->low && value <= option->high)) return true;
    return fault_set(fault, FAULT_CONFIG, "%s must lie between %g and %g%s", option->name, option->low, option->high,
                     unit);
}

static bool set_text(const struct option *option, struct slice text, struct arena *arena, void *values,
                     struct fault *fault) {
    if (text.len == 0) return fault_set(fault, FAULT_CONFIG, "%s needs a value", option->name);
    if (option->type == OPTION_WORD && (slice_find_byte(text, ' ', 0) != SLICE_NOT_FOUND))
        return fault_set(fault, FAULT_CONFIG, "%s is one word, without blanks", option->name);
    if (option->type == OPTION_URL && !url_is_web(text))
        return fault_set(fault, FAULT_CONFIG, "%s must be a web address that begins with https:// or http://",
                         option->name);
    return arena_copy(arena, text, field(option, values)) || fault_memory(fault);
}

static bool set_list(const struct option *option, struct slice text, struct arena *arena, void *values,
                     struct fault *fault) {
    struct option_list *list = field(option, values);
    while (!slice_is_absent(text)) {
        struct slice part = slice_trim(slice_next(&text, ','));
        if (part.len == 0) continue;
        struct slice *more = arena_grow(arena, list->at, list->count, &list->capacity, sizeof *more);
        if (more == NULL || !arena_copy(arena, part, &more[list->count])) return fault_memory(fault);
        list->at = more;
        list->count++;
    }
    return true;
}

static bool set_int(const struct option *option, struct slice text, void *values, struct fault *fault) {
    long long value;
    if (!slice_to_int64(text, &value))
        return fault_set(fault, FAULT_CONFIG, "%s must be a whole number, not '%.*s'", option->name, SLICE_ARGS(text));
    if (!in_range(option, (double)value, "", fault)) return false;
    *(int64_t *)field(option, values) = value;
    return true;
}

static bool set_duration(const struct option *option, struct slice text, void *values, struct fault *fault) {
    static const struct {
        const char *word;
        int seconds;
    } units[] = {{"s", 1},        {"second", 1},       {"seconds", 1},      {"min", 60},     {"minute", 60},
                 {"minutes", 60}, {"h", 3600},         {"hour", 3600},      {"hours", 3600}, {"day", DAY_S},
                 {"days", DAY_S}, {"week", 7 * DAY_S}, {"weeks", 7 * DAY_S}};
    size_t cut = 0;
    while (cut < text.len && text.at[cut] >= '0' && text.at[cut] <= '9') cut++;
    long long number;
    struct slice unit = slice_trim(slice_part(text, cut, text.len));
    if (slice_to_int64(slice_part(text, 0, cut), &number) && number < 100000000)
        for (size_t i = 0; i < COUNT_OF(units); i++) {
            if (!slice_equal(unit, slice_from(units[i].word))) continue;
            if (!in_range(option, (double)number * units[i].seconds, " seconds", fault)) return false;
            *(int64_t *)field(option, values) = number * units[i].seconds;
            return true;
        }
    return fault_set(fault, FAULT_CONFIG, "%s must be a time such as '90 s', '15 min', '6 h' or '2 days', not '%.*s'",
                     option->name, SLICE_ARGS(text));
}

static bool set_real(const struct option *option, struct slice text, void *values, struct fault *fault) {
    double value;
    if (!slice_to_double(text, &value))
        return fault_set(fault, FAULT_CONFIG, "%s must be a number, not '%.*s'", option->name, SLICE_ARGS(text));
    if (!in_range(option, value, "", fault)) return false;
    *(double *)field(option, values) = value;
    return true;
}

static bool set_yes_no(const struct option *option, struct slice text, void *values, struct fault *fault) {
    bool yes = slice_equal(text, SLICE("yes"));
    if (!yes && !slice_equal(text, SLICE("no")))
        return fault_set(fault, FAULT_CONFIG, "%s must be yes or no, not '%.*s'", option->name, SLICE_ARGS(text));
    *(bool *)field(option, values) = yes;
    return true;
}

static bool set_choice(const struct option *option, struct slice text, void *values, struct fault *fault) {
    char list[200] = "";
    size_t used = 0;
    for (int i = 0; option->choices[i] != NULL; i++) {
        if (slice_equal(text, slice_from(option->choices[i]))) {
            *(int *)field(option, values) = i;
            return true;
        }
        int written = snprintf(list + used, sizeof list - used, "%s%s", i == 0 ? "" : ", ", option->choices[i]);
        used += written < 0 ? 0 : (size_t)written;
        if (used >= sizeof list) break;
    }
    return fault_set(fault, FAULT_CONFIG, "%s must be one of: %s (not '%.*s')", option->name, list, SLICE_ARGS(text));
}

static bool set_date(const struct option *option, struct slice text, void *values, struct fault *fault) {
    if (text.len == 10 && when_parse_rfc3339(text, field(option, values))) return true;
    return fault_set(fault, FAULT_CONFIG, "%s must be a date such as 2026-11-25, not '%.*s'", option->name,
                     SLICE_ARGS(text));
}

bool option_set(const struct option *option, struct slice text, struct arena *arena, void *values,
                struct fault *fault) {
    switch (option->type) {
        case OPTION_TEXT:
        case OPTION_WORD:
        case OPTION_URL: return set_text(option, text, arena, values, fault);
        case OPTION_LIST: return set_list(option, text, arena, values, fault);
        case OPTION_INT: return set_int(option, text, values, fault);
        case OPTION_DURATION: return set_duration(option, text, values, fault);
        case OPTION_REAL: return set_real(option, text, values, fault);
        case OPTION_YES_NO: return set_yes_no(option, text, values, fault);
        case OPTION_CHOICE: return set_choice(option, text, values, fault);
        case OPTION_DATE: return set_date(option, text, values, fault);
    }
    return fault_set(fault, FAULT_CONFIG, "%s has no type", option->name);
}

bool option_defaults(const struct option *options, size_t count, struct arena *arena, void *values,
                     struct fault *fault) {
    for (size_t i = 0; i < count; i++)
        if (options[i].initial != NULL &&
            !option_set(&options[i], slice_from(options[i].initial), arena, values, fault))
            return false;
    return true;
}

const struct option *option_find(const struct option *options, size_t count, struct slice name) {
    for (size_t i = 0; i < count; i++)
        if (slice_equal(name, slice_from(options[i].name))) return &options[i];
    return NULL;
}
