#include <stdlib.h>
#include <string.h>

#include "home.h"
#include "say.h"
#include "verb.h"

static const struct flag flags[] = {
    {"--reader", "NAME", "whose focus (needed when there are several readers)"},
    {"--all", NULL, "list: closed ones too"},
    {"--title", "TEXT", "change: another name"},
    {"--aim", "TEXT", "start, change: what is wanted, for which pupils"},
    {"--topics", "NAME,…", "start, change: topics that deepen it (else what its words are about)"},
    {"--items", "CODE,…", "start: entries of a digest that it came from"},
    {"--template", "NAME", "start: a ready way of working, with its own questions"},
    {"--weeks", "N", "start: school weeks, 4 to 8 (6)"},
    {"--because", "TEXT", "change, close: the reason; needed before week four"},
    {"--group", "CLASS", "note: the class; never a pupil's name"},
    {"--did", "TEXT", "note: what was done"},
    {"--saw", "TEXT", "note: what was seen in pupils' work"},
    {"--change", "TEXT", "note: what changes next"},
    {"--with", "NAME", "note: the colleague"},
    {"--date", "DATE", "note: of an earlier day, as 2026-11-25"},
    {"--no-names", NULL, "note, start, change: what looks like a pupil's name is none"},
    {"--csv", NULL, "log: for a spreadsheet"},
};

/* What may follow the verb. Operands: least and most behind the word. */
static const struct {
    const char *word;
    enum discern_focus_act act;
    size_t least, most;
} acts[] = {
    {"list", DISCERN_FOCUS_LIST, 0, 0},
    {"show", DISCERN_FOCUS_SHOW, 1, 1},
    {"start", DISCERN_FOCUS_START, 0, 1},
    {"note", DISCERN_FOCUS_NOTE, 1, 1},
    {"change", DISCERN_FOCUS_CHANGE, 1, 1},
    {"close", DISCERN_FOCUS_MOVE, 2, 2},
    {"log", DISCERN_FOCUS_LOG, 0, 1},
    {"summary", DISCERN_FOCUS_SUMMARY, 0, 1},
    {"card", DISCERN_FOCUS_CARD, 0, 1},
    {"calendar", DISCERN_FOCUS_CALENDAR, 0, 1},
    {"parked", DISCERN_FOCUS_PARKED, 0, 0},
    {"drop", DISCERN_FOCUS_DROP, 1, 1},
    {"templates", DISCERN_FOCUS_TEMPLATES, 0, 0},
    {"template", DISCERN_FOCUS_TEMPLATE, 1, 1},
    {"topics", DISCERN_FOCUS_TOPICS, 0, 0},
    {"plan", DISCERN_FOCUS_MOVE, 1, 1},
    {"try", DISCERN_FOCUS_MOVE, 1, 1},
    {"evaluate", DISCERN_FOCUS_MOVE, 1, 1},
    {"refine", DISCERN_FOCUS_MOVE, 1, 1},
    {"again", DISCERN_FOCUS_MOVE, 1, 1},
    {"decide", DISCERN_FOCUS_MOVE, 1, 1},
};

/* The words that end a focus, as people say them. */
static const char *ending(const char *word) {
    static const char *const words[][2] = {{"embed", "embedded"}, {"adapt", "adapted"}, {"stop", "stopped"}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(word, words[i][0]) == 0) return words[i][1];
    return word;
}

static bool read_act(const struct args *args, struct discern_focus *wanted) {
    const char *word = args->operand_count == 0 ? "list" : args->operands[0];
    size_t rest = args->operand_count == 0 ? 0 : args->operand_count - 1;
    const char *first = rest > 0 ? args->operands[1] : NULL;
    for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++) {
        if (strcmp(word, acts[i].word) != 0 || rest < acts[i].least || rest > acts[i].most) continue;
        wanted->act = acts[i].act;
        if (wanted->act == DISCERN_FOCUS_START) wanted->title = first;
        else wanted->id = first;
        if (wanted->act == DISCERN_FOCUS_MOVE) wanted->step = rest == 2 ? ending(args->operands[2]) : word;
        if (wanted->act == DISCERN_FOCUS_LOG && args_has(args, "--csv")) wanted->act = DISCERN_FOCUS_LOG_CSV;
        return true;
    }
    say("focus: '%s' is not understood like that; see 'discern focus --help'", word);
    return false;
}

static int run(const struct cli *cli, const struct args *args) {
    struct discern_focus wanted = {
        .form = cli->json ? DISCERN_JSON : DISCERN_TEXT,
        .all = args_has(args, "--all"),
        .no_names = args_has(args, "--no-names"),
        .reader = args_value(args, "--reader"),
        .title = args_value(args, "--title"),
        .aim = args_value(args, "--aim"),
        .topics = args_value(args, "--topics"),
        .items = args_value(args, "--items"),
        .follows = args_value(args, "--template"),
        .because = args_value(args, "--because"),
        .group = args_value(args, "--group"),
        .did = args_value(args, "--did"),
        .saw = args_value(args, "--saw"),
        .change = args_value(args, "--change"),
        .with = args_value(args, "--with"),
        .date = args_value(args, "--date"),
    };
    const char *weeks = args_value(args, "--weeks");
    if (weeks != NULL) wanted.weeks = strtol(weeks, NULL, 10) > 0 ? strtol(weeks, NULL, 10) : -1;
    if (!read_act(args, &wanted)) return DISCERN_WRONG;
    struct discern *home = NULL;
    int status = home_open(cli, &home);
    if (status != DISCERN_DONE) return status;
    struct discern_error error = {""};
    bool found = false;
    status = discern_focus_do(home, &wanted, say_found, &found, &error);
    discern_close(&home);
    if (status == DISCERN_DONE && !found && !cli->quiet && wanted.act == DISCERN_FOCUS_LIST)
        say("focus: nothing is in focus; 'discern focus start' begins");
    return say_status(status, &error);
}

const struct verb verb_focus = {
    .name = "focus",
    .summary = "keep one to three ideas for a half term: plan, try, evaluate, refine",
    .usage = "[list | show ID | start [TITLE] | plan|try|evaluate|refine|again|decide ID | note ID | change ID |\n"
             "              close ID embed|adapt|stop | log [ID] [--csv] | summary [ID] | card [ID] | calendar [ID] |\n"
             "              parked | drop ITEM | templates | template NAME | topics]",
    .help =
        "While an idea is in focus the digest deepens it first and holds new ones back; those wait under 'parked'.\n"
        "Three is the most at a time; to change one before its fourth school week, give a reason.\n"
        "One that nobody wrote on for five school weeks waits where it was left, and after twelve it holds nothing\n"
        "back; a note or a step takes it up again. What was embedded or adapted is asked about after 2, 5 and 12.\n"
        "'log' is Markdown, 'summary' a page of A4, 'card' a card of A5 (web pages to print), 'calendar' reminders\n"
        "(iCalendar). Never write a pupil's name: what looks like one is refused.",
    .examples =
        "  discern focus start \"Retrieval starters in Year 8\" --aim \"more recalled in unit tests\"\n"
        "  discern focus start \"Fractions\" --template lesson-study\n"
        "  discern focus note F1 --group 8B --did \"three questions from last month\" --saw \"half forgot ratio\"\n"
        "  discern focus close F1 adapt --because \"ten minutes was too long\"\n"
        "  discern focus summary F1 >half-term.html",
    .flags = flags,
    .flag_count = sizeof flags / sizeof flags[0],
    .run = run,
};
