/* cmd_man: the manual pages discern(1) and discern.conf(5), made from the tables that --help and the configuration are
 * made from. */
#include <stdio.h>
#include <string.h>

#include "roff.h"
#include "say.h"
#include "verb.h"

/* ---- discern(1) ---- */

static void write_verb(const struct verb *verb) {
    char line[512];
    roff_subsection(verb->name);
    roff_text(verb->summary);
    roff_paragraph();
    (void)snprintf(line, sizeof line, "discern %s %s", verb->name, verb->usage);
    roff_text(line);
    if (verb->help[0] != '\0') {
        roff_paragraph();
        roff_text(verb->help);
    }
    for (size_t i = 0; i < verb->flag_count; i++)
        roff_term(verb->flags[i].name, verb->flags[i].value == NULL ? "" : verb->flags[i].value, verb->flags[i].help);
    if (verb->examples[0] != '\0') roff_example(verb->examples);
}

static void write_places(void) {
    roff_section("ENVIRONMENT");
    roff_term("DISCERN_HOME", "", "The folder that --home names.");
    roff_term("DISCERN_NOW", "", "Seconds since 1970 that count as now: for tests, and for catching up.");
    roff_term("DISCERN_SECRET_NAME", "",
              "The secret called NAME (in capitals, '-' as '_'), where the secrets file has none of that name.");
    roff_term("CREDENTIALS_DIRECTORY", "", "Where systemd puts credentials: a file there is the secret of its name.");
    roff_term("CONFIGURATION_DIRECTORY, STATE_DIRECTORY", "",
              "Set by systemd: the folder of the configuration, and that of the store and the pages.");
    roff_term("RES_OPTIONS", "",
              "How long name servers are asked (resolv.conf(5)). Without it, two seconds a time and twice.");
    roff_term("NO_COLOR", "", "Set to anything: no colours.");
    roff_section("FILES");
    roff_term("~/.config/discern/", "",
              "discern.conf, sources.conf, prompts.conf, placeholders.conf, words.conf, style.css, rules/. With --home "
              "DIR: DIR/config/. "
              "What may be said in them is told by 'discern settings' and in discern.conf(5).");
    roff_term("~/.local/share/discern/discern.db", "", "The store. With --home DIR: DIR/discern.db.");
    roff_term("~/.local/share/discern/site/", "", "The pages. With --home DIR: DIR/site/.");
}

static void write_manual(void) {
    size_t count;
    const struct flag *common = verb_common(&count);
    const struct verb *const *verbs = verb_all();
    roff_title("DISCERN", 1);
    roff_section("NAME");
    roff_text("discern - a short reading list for teachers, each idea with what stands behind it");
    roff_section("SYNOPSIS");
    roff_text("discern [--home DIR] [--quiet | --verbose] [--json] VERB ...");
    roff_section("DESCRIPTION");
    roff_text("discern reads what teachers and researchers share, on blogs and networks, and makes a list of at most a "
              "few ideas a day, each with what stands behind it, the sum of points that put it there, and a question "
              "for a colleague. It keeps everything in one folder and reports nothing to anybody.");
    roff_section("OPTIONS");
    for (size_t i = 0; i < count; i++)
        roff_term(common[i].name, common[i].value == NULL ? "" : common[i].value, common[i].help);
    roff_section("VERBS");
    for (size_t i = 0; verbs[i] != NULL; i++) write_verb(verbs[i]);
    roff_section("EXIT STATUS");
    roff_term("0", "", "Done; also when single sources failed and are under their alarm threshold.");
    roff_term("1", "", "Done in part, or not done: a person must act; one line says what to do.");
    roff_term("2", "", "Wrong usage, or a configuration or rule that does not hold.");
    roff_term("75", "", "Try later: another run is under way, or nothing could be reached.");
    write_places();
    roff_section("SEE ALSO");
    roff_text("discern.conf(5)");
}

/* ---- discern.conf(5): from the reference of all settings, which is Markdown ---- */

/* "| `bar` | number | 45 | meaning |": a term. The line under the headings of a table says nothing here. */
static void write_row(char *line) {
    char *cells[4], *at = line + 1, text[4096];
    size_t count = 0;
    for (char *bar; count < 4 && (bar = strstr(at, " |")) != NULL; at = bar + 2) {
        *bar = '\0';
        cells[count++] = at[0] == ' ' ? at + 1 : at;
    }
    if (count < 4 || cells[0][0] != '`') return;
    size_t len = strlen(cells[0]);
    cells[0][len - 1] = '\0';
    (void)snprintf(text, sizeof text, "%s%s%s%s", cells[3], strcmp(cells[2], "\xE2\x80\x93") == 0 ? "" : " (",
                   strcmp(cells[2], "\xE2\x80\x93") == 0 ? "" : cells[2],
                   strcmp(cells[2], "\xE2\x80\x93") == 0 ? "" : ")");
    roff_term(cells[0] + 1, cells[1], text);
}

/* What is typed stands in backquotes there. */
static void drop_backquotes(char *line) {
    char *to = line;
    for (const char *at = line; *at != '\0'; at++)
        if (*at != '`') *to++ = *at;
    *to = '\0';
}

static void write_line(char *line) {
    if (line[0] != '|') drop_backquotes(line);
    if (strncmp(line, "### ", 4) == 0) roff_subsection(line + 4);
    else if (strncmp(line, "## ", 3) == 0) roff_section(line + 3);
    else if (strncmp(line, "# ", 2) == 0) roff_section("DESCRIPTION");
    else if (line[0] == '|') write_row(line);
    else if (line[0] == '\0') roff_paragraph();
    else roff_text(line);
}

struct pending {
    char line[8192];
    size_t len;
};

static bool take_bytes(void *to, const char *at, size_t len) {
    struct pending *pending = to;
    for (size_t i = 0; i < len; i++) {
        if (at[i] == '\n') {
            pending->line[pending->len] = '\0';
            write_line(pending->line);
            pending->len = 0;
        } else if (pending->len + 1 < sizeof pending->line) {
            pending->line[pending->len++] = at[i];
        }
    }
    return true;
}

static int write_settings(void) {
    struct discern_error error = {""};
    struct pending pending = {.len = 0};
    roff_title("DISCERN.CONF", 5);
    roff_section("NAME");
    roff_text("discern.conf - every setting of discern.conf, sources.conf and the files beside them");
    return say_status(discern_settings(take_bytes, &pending, &error), &error);
}

static int run(const struct cli *cli, const struct args *args) {
    (void)cli;
    const char *page = args->operand_count == 0 ? "discern" : args->operands[0];
    if (args->operand_count <= 1 && strcmp(page, "discern") == 0) {
        write_manual();
        return DISCERN_DONE;
    }
    if (args->operand_count == 1 && strcmp(page, "discern.conf") == 0) return write_settings();
    say("man: there are the pages 'discern' and 'discern.conf', not '%s'", page);
    return DISCERN_WRONG;
}

const struct verb verb_man = {
    .name = "man",
    .summary = "print a manual page: discern, or discern.conf",
    .usage = "[PAGE]",
    .help = "In the form that man reads. Both are installed with the program.",
    .examples = "  discern man | man -l -\n  discern man discern.conf > discern.conf.5",
    .run = run,
};
