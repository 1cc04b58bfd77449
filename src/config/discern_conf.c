#include "config/discern_conf.h"

#include "base/when.h"
#include "config/block.h"
#include "model/digest.h"

#define AT(field) offsetof(struct config, field)
static const struct option school_options[] = {
    {"school", OPTION_TEXT, AT(school), 0, 0, NULL, NULL, "the school's name, as it stands on every page"},
    {"contact", OPTION_TEXT, AT(contact), 0, 0, NULL, NULL,
     "an e-mail or web address that the sites we read can write to; it is sent with each request"},
    {"base-url", OPTION_URL, AT(base_url), 0, 0, NULL, NULL, "where the pages will stand on the web"},
    {"secrets-file", OPTION_TEXT, AT(secrets_file), 0, 0, NULL, NULL, "path of the file with keys and passwords"},
    {"alarm-after", OPTION_INT, AT(alarm_after), 1, 30, NULL, "3", "failures in a row before a source is reported"},
    {"x-budget", OPTION_REAL, AT(x_budget), 0, 10000, NULL, "0", "dollars a month that X may cost; 0 = nothing"},
    {"x-post-price", OPTION_REAL, AT(x_post_price), 0, 100, NULL, "0.005", "dollars that X charges for a post"},
    {"x-user-price", OPTION_REAL, AT(x_user_price), 0, 100, NULL, "0.01", "dollars that X charges for a user's name"},
};
#undef AT

#define AT(field) offsetof(struct network_options, field)
static const struct option network_options[] = {
    {"in-flight", OPTION_INT, AT(in_flight), 1, 200, NULL, "50", "requests under way at once"},
    {"per-host", OPTION_INT, AT(in_flight_per_host), 1, 2, NULL, "2", "connections to one host"},
    {"spacing", OPTION_DURATION, AT(spacing_s), 0, 60, NULL, "1 s", "between two requests to one host"},
    {"connect-timeout", OPTION_DURATION, AT(connect_timeout_s), 1, 120, NULL, "10 s", "to reach a server"},
    {"timeout", OPTION_DURATION, AT(total_timeout_s), 1, 600, NULL, "30 s", "for one whole answer"},
    {"deadline", OPTION_DURATION, AT(deadline_s), 10, 86400, NULL, "10 min", "for all fetching of one run"},
    {"pages", OPTION_INT, AT(pages_a_run), 0, 5000, NULL, "200", "linked pages read in one run"},
    {"proxy", OPTION_URL, AT(proxy), 0, 0, NULL, NULL,
     "a proxy; it hides where an address leads, so the proxy must refuse private addresses itself"},
    {"follow-links", OPTION_YES_NO, AT(follow_links), 0, 0, NULL, "yes", "whether linked pages are read"},
    {"look-up-works", OPTION_YES_NO, AT(look_up_works), 0, 0, NULL, "yes", "whether studies are looked up at Crossref"},
    {"crossref", OPTION_URL, AT(crossref), 0, 0, NULL, NULL, "another address of Crossref's API"},
    {"datacite", OPTION_URL, AT(datacite), 0, 0, NULL, NULL, "another address of DataCite's API"},
    {"look-up-copies", OPTION_YES_NO, AT(look_up_copies), 0, 0, NULL, "yes",
     "whether the Internet Archive is asked for copies of pages that are gone"},
    {"archive", OPTION_URL, AT(archive), 0, 0, NULL, NULL, "another address of its availability API"},
};
#undef AT

struct reader_values {
    struct slice title;
    struct option_list phases, subjects, topics, not_topics, days, sections, deliver;
    int64_t length;
    bool lead;
};

#define AT(field) offsetof(struct reader_values, field)
static const struct option reader_options[] = {
    {"title", OPTION_TEXT, AT(title), 0, 0, NULL, NULL, "its name as people see it"},
    {"phases", OPTION_LIST, AT(phases), 0, 0, NULL, NULL, "such as: ks3, ks4"},
    {"subjects", OPTION_LIST, AT(subjects), 0, 0, NULL, NULL, "such as: maths, science"},
    {"topics", OPTION_LIST, AT(topics), 0, 0, NULL, NULL, "topics wanted most, by their ids"},
    {"not-topics", OPTION_LIST, AT(not_topics), 0, 0, NULL, NULL, "topics not wanted, by their ids"},
    {"days", OPTION_LIST, AT(days), 0, 0, NULL, NULL, "days with a digest; Monday to Friday when not given"},
    {"sections", OPTION_LIST, AT(sections), 0, 0, NULL, NULL,
     "parts of the list, in their order: focus, ideas, classroom, check-first; the last two may be left out"},
    {"length", OPTION_INT, AT(length), 1, 20, NULL, "6", "ideas a day at most"},
    {"deliver", OPTION_LIST, AT(deliver), 0, 0, NULL, NULL, "names of delivery blocks"},
    {"lead", OPTION_YES_NO, AT(lead), 0, 0, NULL, "no", "yes: also told which sources need a look"},
};
#undef AT

struct delivery_values {
    int kind;
    struct slice folder, program, server, user, secret, from, unsubscribe;
    struct option_list to;
    bool without_tls;
    int64_t timeout_s;
};

static const char *const delivery_kinds[] = {"files", "maildir", "sendmail", "smtp", NULL};
#define AT(field) offsetof(struct delivery_values, field)
static const struct option delivery_options[] = {
    {"by", OPTION_CHOICE, AT(kind), 0, 0, delivery_kinds, "files", "files, maildir, sendmail or smtp"},
    {"folder", OPTION_TEXT, AT(folder), 0, 0, NULL, NULL, "for files and maildir: where to put them"},
    {"program", OPTION_TEXT, AT(program), 0, 0, NULL, "/usr/sbin/sendmail", "for sendmail: its path"},
    {"server", OPTION_TEXT, AT(server), 0, 0, NULL, NULL, "for smtp: smtp://mail.school.example:587"},
    {"user", OPTION_TEXT, AT(user), 0, 0, NULL, NULL, "for smtp: who logs in"},
    {"secret", OPTION_WORD, AT(secret), 0, 0, NULL, NULL, "for smtp: the password's name in the secrets file"},
    {"from", OPTION_TEXT, AT(from), 0, 0, NULL, NULL, "the sender's address"},
    {"to", OPTION_LIST, AT(to), 0, 0, NULL, NULL, "the receivers' addresses"},
    {"unsubscribe", OPTION_TEXT, AT(unsubscribe), 0, 0, NULL, NULL, "address for stopping the mails"},
    {"without-tls", OPTION_YES_NO, AT(without_tls), 0, 0, NULL, "no", "yes: send even without encryption"},
    {"timeout", OPTION_DURATION, AT(timeout_s), 1, 600, NULL, "1 min",
     "for smtp: for one mail; a server that is slower is left alone until the next run"},
};
#undef AT

const struct config_part *discern_conf_parts(size_t *count) {
    static const struct config_part parts[] = {
        {"", "The school", school_options, COUNT_OF(school_options)},
        {"reader NAME", "Who gets a digest: a person, a department, the whole staff", reader_options,
         COUNT_OF(reader_options)},
        {"delivery NAME", "How a digest reaches people, beside the pages that are always written", delivery_options,
         COUNT_OF(delivery_options)},
        {"network", "How to reach the network, and how hard", network_options, COUNT_OF(network_options)},
    };
    *count = COUNT_OF(parts);
    return parts;
}

#define MONDAY_TO_FRIDAY 0x3E

enum part { PART_SCHOOL, PART_READER, PART_DELIVERY, PART_NETWORK, PART_CHOOSE };

struct state {
    const struct config_tables *tables;
    struct arena *arena;
    struct config *out;
    struct problems *problems;
    enum part part;
    struct line opening;
    struct block block, school;
    struct reader_values reader;
    struct delivery_values delivery;
    void *curate;
};

static struct slice_list to_list(struct option_list list) {
    return (struct slice_list){list.at, list.count, list.capacity};
}

static uint8_t days_of(struct state *state, struct option_list list) {
    static const char *const names[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
    uint8_t days = list.count == 0 ? MONDAY_TO_FRIDAY : 0;
    for (size_t i = 0; i < list.count; i++) {
        size_t day = 0;
        while (day < COUNT_OF(names) && !slice_equal_nocase(slice_part(list.at[i], 0, 3), slice_from(names[day])))
            day++;
        if (day < COUNT_OF(names)) days |= (uint8_t)(1u << day);
        else
            problem_add(state->problems, PROBLEM_ERROR, state->opening.place, "mon, tue, wed, thu, fri, sat, sun",
                        "'%.*s' is no day of the week", SLICE_ARGS(list.at[i]));
    }
    return days;
}

static struct slice_list sections_of(struct state *state, struct option_list list) {
    for (size_t i = 0; i < list.count; i++) {
        enum section_kind kind;
        if (!section_kind_from(list.at[i], &kind))
            problem_add(state->problems, PROBLEM_ERROR, state->opening.place, "focus, ideas, classroom, check-first",
                        "'%.*s' is no part of a list", SLICE_ARGS(list.at[i]));
    }
    return to_list(list);
}

static bool name_is_free(struct state *state, const char *what, struct slice name, bool taken) {
    struct place place =
        slice_is_empty(state->opening.rest) ? state->opening.place : line_place_of(&state->opening, name);
    if (!block_name_holds(name)) {
        problem_add(state->problems, PROBLEM_ERROR, place, "such as: all-staff",
                    "a %s's name is small letters, digits and '-', and begins with a letter", what);
        return false;
    }
    if (taken)
        problem_add(state->problems, PROBLEM_ERROR, place, "give one of them another name", "there are two %ss '%.*s'",
                    what, SLICE_ARGS(name));
    return !taken;
}

static bool close_reader(struct state *state) {
    struct reader_list *list = &state->out->readers;
    struct slice name = state->opening.rest;
    bool taken = false;
    for (size_t i = 0; i < list->count; i++) taken = taken || slice_equal(list->at[i].name, name);
    if (!name_is_free(state, "reader", name, taken)) return true;
    struct reader *more = arena_grow(state->arena, list->at, list->count, &list->capacity, sizeof *more);
    if (more == NULL) return false;
    list->at = more;
    const struct reader_values *values = &state->reader;
    list->at[list->count++] = (struct reader){
        .name = name,
        .title = slice_is_empty(values->title) ? name : values->title,
        .phases = to_list(values->phases),
        .subjects = to_list(values->subjects),
        .topics_wanted = to_list(values->topics),
        .topics_unwanted = to_list(values->not_topics),
        .sections = sections_of(state, values->sections),
        .length = values->length,
        .days = days_of(state, values->days),
        .deliveries = to_list(values->deliver),
        .is_lead = values->lead,
    };
    return true;
}

/* What a way of delivery cannot do without. */
static void check_delivery(struct state *state) {
    const struct delivery_values *values = &state->delivery;
    bool mail = values->kind == DELIVERY_SENDMAIL || values->kind == DELIVERY_SMTP;
    const char *missing = NULL;
    if (values->kind == DELIVERY_MAILDIR && slice_is_empty(values->folder)) missing = "folder";
    if (values->kind == DELIVERY_SMTP && slice_is_empty(values->server)) missing = "server";
    if (mail && slice_is_empty(values->from)) missing = "from";
    if (mail && values->to.count == 0) missing = "to";
    if (missing != NULL)
        problem_add(state->problems, PROBLEM_ERROR, state->opening.place, NULL,
                    "delivery '%.*s' (%s) needs a line '%s'", SLICE_ARGS(state->opening.rest),
                    delivery_kinds[values->kind], missing);
}

static bool close_delivery(struct state *state) {
    struct delivery_list *list = &state->out->deliveries;
    struct slice name = state->opening.rest;
    bool taken = false;
    for (size_t i = 0; i < list->count; i++) taken = taken || slice_equal(list->at[i].name, name);
    check_delivery(state);
    if (!name_is_free(state, "delivery", name, taken)) return true;
    struct delivery *more = arena_grow(state->arena, list->at, list->count, &list->capacity, sizeof *more);
    if (more == NULL) return false;
    list->at = more;
    const struct delivery_values *values = &state->delivery;
    list->at[list->count++] = (struct delivery){
        .name = name,
        .kind = values->kind,
        .folder = values->folder,
        .program = values->program,
        .server = values->server,
        .user = values->user,
        .secret = values->secret,
        .without_tls = values->without_tls,
        .timeout_s = values->timeout_s,
        .from = values->from,
        .unsubscribe = values->unsubscribe,
        .to = to_list(values->to),
        .place = state->opening.place,
    };
    return true;
}

static bool close_part(struct state *state) {
    if (state->part == PART_READER) return close_reader(state);
    if (state->part == PART_DELIVERY) return close_delivery(state);
    return true;
}

/* holiday 2026-10-26 2026-10-30 Half term */
static bool take_holiday(struct state *state, const struct line *line) {
    struct slice rest = line->rest;
    struct slice from = line_word(&rest), to = line_word(&rest);
    struct holiday holiday = {.name = rest};
    bool good = from.len == 10 && to.len == 10 && when_parse_rfc3339(from, &holiday.from_s) &&
                when_parse_rfc3339(to, &holiday.to_s) && holiday.from_s <= holiday.to_s;
    if (!good) {
        problem_add(state->problems, PROBLEM_ERROR, line->place, "such as: holiday 2026-10-26 2026-10-30 Half term",
                    "a holiday is its first day, its last day and its name");
        return true;
    }
    struct holiday_list *list = &state->out->holidays;
    struct holiday *more = arena_grow(state->arena, list->at, list->count, &list->capacity, sizeof *more);
    if (more == NULL) return false;
    list->at = more;
    list->at[list->count++] = holiday;
    return true;
}

static bool open_part(struct state *state, const struct line *line, enum part part) {
    struct fault fault = {0};
    if (!close_part(state)) return false;
    state->part = part;
    state->opening = *line;
    switch (part) {
        case PART_READER:
            state->reader = (struct reader_values){0};
            state->block = (struct block){.options = reader_options,
                                          .option_count = COUNT_OF(reader_options),
                                          .values = &state->reader,
                                          .what = "a reader"};
            break;
        case PART_DELIVERY:
            state->delivery = (struct delivery_values){0};
            state->block = (struct block){.options = delivery_options,
                                          .option_count = COUNT_OF(delivery_options),
                                          .values = &state->delivery,
                                          .what = "a delivery"};
            break;
        case PART_NETWORK:
            state->block = (struct block){.options = network_options,
                                          .option_count = COUNT_OF(network_options),
                                          .values = &state->out->network,
                                          .what = "network"};
            return true; /* its defaults were set at the start */
        case PART_CHOOSE:
            state->block = (struct block){.options = state->tables->curate,
                                          .option_count = state->tables->curate_count,
                                          .values = state->curate,
                                          .what = "choose"};
            return true;
        case PART_SCHOOL: return true;
    }
    return option_defaults(state->block.options, state->block.option_count, state->arena, state->block.values, &fault);
}

static bool take_line(struct state *state, const struct line *line) {
    static const struct {
        const char *keyword;
        enum part part;
    } openers[] = {{"reader", PART_READER},
                   {"delivery", PART_DELIVERY},
                   {"network", PART_NETWORK},
                   {"choose", PART_CHOOSE}};
    for (size_t i = 0; i < COUNT_OF(openers); i++)
        if (slice_equal(line->keyword, slice_from(openers[i].keyword))) return open_part(state, line, openers[i].part);
    if (slice_equal(line->keyword, SLICE("holiday"))) return take_holiday(state, line);
    /* The school's own facts may stand anywhere: no block has keywords of these names. */
    if (option_find(school_options, COUNT_OF(school_options), line->keyword) != NULL || state->part == PART_SCHOOL)
        return block_take(&state->school, line, state->arena, state->problems);
    return block_take(&state->block, line, state->arena, state->problems);
}

/* As the starter set has it. */
#define STARTER_CONTACT "cpd@your-school.example"

static void check_whole(const struct config_file *file, struct state *state) {
    struct place place = {.file = file->name};
    const struct config *out = state->out;
    if (slice_is_empty(out->school))
        problem_add(state->problems, PROBLEM_ERROR, place, "add a line such as: school Northfield Academy",
                    "the school has no name");
    if (slice_is_empty(out->contact))
        problem_add(state->problems, PROBLEM_ERROR, place, "add a line such as: contact cpd@northfield.example",
                    "there is no contact address: the sites that we read must be able to write to you");
    if (slice_equal(out->contact, SLICE(STARTER_CONTACT)))
        problem_add(state->problems, PROBLEM_WARNING, place, "put the address of a person at your school there",
                    "the contact address is still the starter's, %s", STARTER_CONTACT);
    if (out->readers.count == 0)
        problem_add(state->problems, PROBLEM_ERROR, place, "add a line such as: reader all-staff",
                    "there is no reader");
    for (size_t i = 0; i < out->readers.count; i++)
        for (size_t j = 0; j < out->readers.at[i].deliveries.count; j++) {
            struct slice wanted = out->readers.at[i].deliveries.at[j];
            bool known = false;
            for (size_t k = 0; k < out->deliveries.count; k++)
                known = known || slice_equal(out->deliveries.at[k].name, wanted);
            if (!known)
                problem_add(state->problems, PROBLEM_ERROR, place, "add a block that begins: delivery NAME",
                            "reader '%.*s' names a delivery '%.*s' that is not there",
                            SLICE_ARGS(out->readers.at[i].name), SLICE_ARGS(wanted));
        }
}

bool discern_conf_read(const struct config_tables *tables, const struct config_file *file, struct arena *arena,
                       struct config *out, struct problems *problems) {
    struct fault fault = {0};
    struct state state = {.tables = tables, .arena = arena, .out = out, .problems = problems};
    state.curate = arena_alloc(arena, 1, tables->curate_bytes == 0 ? 1 : tables->curate_bytes);
    if (state.curate == NULL || !option_defaults(tables->curate, tables->curate_count, arena, state.curate, &fault) ||
        !option_defaults(school_options, COUNT_OF(school_options), arena, out, &fault) ||
        !option_defaults(network_options, COUNT_OF(network_options), arena, &out->network, &fault))
        return false;
    out->curate = state.curate;
    state.school = (struct block){.options = school_options,
                                  .option_count = COUNT_OF(school_options),
                                  .values = out,
                                  .what = "discern.conf"};
    struct line_reader reader = line_reader_new(file->name, file->text, problems);
    struct line line;
    while (line_next(&reader, &line))
        if (!take_line(&state, &line)) return false;
    if (!close_part(&state)) return false;
    check_whole(file, &state);
    return true;
}
