#include "config/describe.h"

#include "base/when.h"
#include "config/discern_conf.h"
#include "config/prompts_conf.h"
#include "config/sources_conf.h"

/* ---- the reference ---- */

static void add_number(struct buf *out, double number) {
    buf_printf(out, "%.10g", number);
}

static void add_range(const struct option *option, const char *what, struct buf *out) {
    buf_add_text(out, what);
    if (option->low == 0 && option->high == 0) return;
    buf_add_text(out, ", ");
    add_number(out, option->low);
    buf_add_text(out, " to ");
    add_number(out, option->high);
}

/* 300 -> "5 min". */
static void add_seconds(struct buf *out, double seconds) {
    static const struct {
        int seconds;
        const char *word;
    } units[] = {{DAY_S, "days"}, {3600, "h"}, {60, "min"}, {1, "s"}};
    long long whole = (long long)seconds;
    size_t unit = 0;
    while (unit + 1 < COUNT_OF(units) && whole % units[unit].seconds != 0) unit++;
    buf_printf(out, "%lld %s", whole / units[unit].seconds, units[unit].word);
}

static void add_choices(const struct option *option, struct buf *out) {
    for (int i = 0; option->choices[i] != NULL; i++) {
        if (i > 0) buf_add_text(out, ", ");
        buf_add_text(out, option->choices[i]);
    }
}

static void add_type(const struct option *option, struct buf *out) {
    switch (option->type) {
        case OPTION_TEXT: buf_add_text(out, "text"); break;
        case OPTION_WORD: buf_add_text(out, "one word"); break;
        case OPTION_LIST: buf_add_text(out, "list, with commas"); break;
        case OPTION_INT: add_range(option, "whole number", out); break;
        case OPTION_REAL: add_range(option, "number", out); break;
        case OPTION_YES_NO: buf_add_text(out, "yes or no"); break;
        case OPTION_CHOICE: add_choices(option, out); break;
        case OPTION_DATE: buf_add_text(out, "date, such as 2026-11-25"); break;
        case OPTION_URL: buf_add_text(out, "web address"); break;
        case OPTION_DURATION:
            buf_add_text(out, "time, ");
            add_seconds(out, option->low);
            buf_add_text(out, " to ");
            add_seconds(out, option->high);
            break;
    }
}

static void add_table(const struct option *options, size_t count, struct buf *out) {
    if (count == 0) return;
    buf_add_text(out, "| keyword | value | when not given | meaning |\n|---|---|---|---|\n");
    for (size_t i = 0; i < count; i++) {
        buf_printf(out, "| `%s` | ", options[i].name);
        add_type(&options[i], out);
        buf_printf(out, " | %s | %s |\n", options[i].initial == NULL ? "–" : options[i].initial, options[i].help);
    }
    buf_add_char(out, '\n');
}

static void add_sources(const struct config_tables *tables, struct buf *out) {
    size_t count;
    const struct option *options = sources_conf_options(&count);
    buf_add_text(out, "## sources.conf\n\nEach source is a block that begins with `source NAME`.\n\n");
    add_table(options, count, out);
    for (size_t i = 0; i < tables->kind_count; i++) {
        const struct source_schema *kind = tables->kinds[i];
        buf_printf(out, "### kind %s\n\nFor %s.\n\n", kind->name, kind->help);
        add_table(kind->options, kind->option_count, out);
    }
}

void config_describe(const struct config_tables *tables, struct buf *out) {
    size_t count;
    const struct config_part *parts = discern_conf_parts(&count);
    buf_add_text(out, "# Every setting\n\nOne fact a line: the keyword, a blank, and the rest of the line as it is. "
                      "Nothing is quoted. A comment begins with a hash and a blank.\n\n## discern.conf\n\n");
    for (size_t i = 0; i < count; i++) {
        if (parts[i].opening[0] != '\0') buf_printf(out, "### A block that begins with `%s`\n\n", parts[i].opening);
        buf_printf(out, "%s.\n\n", parts[i].help);
        add_table(parts[i].options, parts[i].count, out);
    }
    buf_add_text(out,
                 "### A block that begins with `choose`\n\nHow ideas are chosen: points out of 100, and caps.\n\n");
    add_table(tables->curate, tables->curate_count, out);
    buf_add_text(out, "### Lines `holiday FIRST-DAY LAST-DAY NAME`\n\nDays without a digest, such as "
                      "`holiday 2026-12-21 2027-01-01 Christmas`.\n\n");
    add_sources(tables, out);
    buf_add_text(out,
                 "## prompts.conf\n\n`step NAME` opens a step (choose, check, plan, try, evaluate, refine, again, "
                 "decide); each `ask` below it is one question. `template NAME` opens a way of working with questions "
                 "of its own: `title`, `about`, `before` (what is settled first) and `weeks`, then its steps.\n\n"
                 "## placeholders.conf\n\nEach `phrase WORDS` is one that stands where a post should be, such as "
                 "`phrase coming soon`: a source whose last posts hold nothing else is reported.\n");
}

/* ---- what is configured ---- */

static void add_days(uint8_t days, struct buf *out) {
    bool first = true;
    for (int i = 1; i <= 7; i++) { /* a week begins on Monday */
        int day = i % 7;
        if ((days & (1u << day)) == 0) continue;
        buf_printf(out, "%s%.3s", first ? "" : ", ", when_weekday_name(day));
        first = false;
    }
}

static void add_readers(const struct config *config, struct buf *out) {
    for (size_t i = 0; i < config->readers.count; i++) {
        const struct reader *reader = &config->readers.at[i];
        buf_printf(out, "reader    %.*s: ", SLICE_ARGS(reader->title));
        add_days(reader->days, out);
        buf_printf(out, "; at most %lld ideas", (long long)reader->length);
        for (size_t j = 0; j < reader->deliveries.count; j++)
            buf_printf(out, "%s%.*s", j == 0 ? "; by " : ", ", SLICE_ARGS(reader->deliveries.at[j]));
        buf_add_char(out, '\n');
    }
}

static void add_source_counts(const struct config *config, struct buf *out) {
    size_t active = 0, paused = 0, to_be_checked = 0;
    for (size_t i = 0; i < config->sources.count; i++) {
        const struct source *source = &config->sources.at[i];
        if (source->to_be_checked) to_be_checked++;
        else if (source->paused) paused++;
        else active++;
    }
    buf_printf(out, "sources   %zu read, %zu paused, %zu to be checked\n", active, paused, to_be_checked);
}

static void add_holiday(const struct config *config, int64_t today_s, struct buf *out) {
    const struct holiday *next = NULL;
    for (size_t i = 0; i < config->holidays.count; i++) {
        const struct holiday *holiday = &config->holidays.at[i];
        if (holiday->to_s >= today_s && (next == NULL || holiday->from_s < next->from_s)) next = holiday;
    }
    if (next == NULL) {
        buf_add_text(out, "holiday   none is left: add this year's to discern.conf\n");
        return;
    }
    char from[WHEN_TEXT_BYTES], to[WHEN_TEXT_BYTES];
    when_date(next->from_s, from);
    when_date(next->to_s, to);
    buf_printf(out, "holiday   %.*s, %s to %s%s\n", SLICE_ARGS(next->name), from, to,
               next->from_s <= today_s ? " (now: no digest)" : "");
}

void config_summarise(const struct config *config, int64_t today_s, struct buf *out) {
    static const char *const ways[] = {"files", "maildir", "sendmail", "smtp"};
    buf_printf(out, "school    %.*s, contact %.*s\n", SLICE_ARGS(config->school), SLICE_ARGS(config->contact));
    add_readers(config, out);
    for (size_t i = 0; i < config->deliveries.count; i++) {
        const struct delivery *delivery = &config->deliveries.at[i];
        buf_printf(out, "delivery  %.*s: %s", SLICE_ARGS(delivery->name), ways[delivery->kind]);
        if (delivery->to.count > 0)
            buf_printf(out, " to %zu address%s", delivery->to.count, delivery->to.count == 1 ? "" : "es");
        buf_add_char(out, '\n');
    }
    add_source_counts(config, out);
    add_holiday(config, today_s, out);
    size_t questions = 0;
    for (size_t i = 0; i < config->prompts.count; i++) questions += config->prompts.at[i].ask.count;
    buf_printf(out, "prompts   %zu questions, of %zu of the %d steps\n", questions, config->prompts.count,
               PROMPT_STEPS);
}
