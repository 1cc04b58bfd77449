/* cmd_completions: completions for the shells, made from the tables that --help is made from. */
#include <stdio.h>
#include <string.h>

#include "say.h"
#include "verb.h"

/* Text inside single quotes: a quote ends them, is typed escaped, and begins them anew. */
static void put_quoted(const char *text, const char *quote) {
    for (; *text != '\0'; text++) {
        if (*text == '\'') (void)fputs(quote, stdout);
        else (void)putchar(*text);
    }
}

static void put_acts(const struct verb *verb) {
    const char *usage = verb->usage, *act;
    for (size_t len; verb_next_act(&usage, &act, &len);) (void)printf(" %.*s", (int)len, act);
}

/* ---- bash ---- */

static void write_bash_words(const struct flag *flags, size_t count) {
    for (size_t i = 0; i < count; i++) (void)printf(" %s", flags[i].name);
}

/* Flags whose value is no file and cannot be guessed: nothing is offered behind them. */
static void write_bash_values(const struct flag *flags, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (flags[i].value != NULL && strstr(flags[i].value, "FILE") == NULL && strstr(flags[i].value, "DIR") == NULL)
            (void)printf("%s|", flags[i].name);
}

static void write_bash(void) {
    const struct verb *const *verbs = verb_all();
    size_t count;
    const struct flag *common = verb_common(&count);
    (void)puts("# bash completion for discern\n"
               "_discern() {\n"
               "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} verb= words= i\n"
               "    COMPREPLY=()\n"
               "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
               "        case ${COMP_WORDS[i]} in\n"
               "            --home) ((i++)) ;;\n"
               "            -*) ;;\n"
               "            *) verb=${COMP_WORDS[i]}; break ;;\n"
               "        esac\n"
               "    done");
    (void)fputs("    case $prev in\n        ", stdout);
    for (size_t i = 0; verbs[i] != NULL; i++) write_bash_values(verbs[i]->flags, verbs[i]->flag_count);
    (void)puts("--) return ;;\n"
               "        --home|--out) COMPREPLY=($(compgen -d -- \"$cur\")); return ;;\n"
               "    esac\n"
               "    case $verb in");
    for (size_t i = 0; verbs[i] != NULL; i++) {
        (void)printf("        %s) words='--help", verbs[i]->name);
        write_bash_words(verbs[i]->flags, verbs[i]->flag_count);
        put_acts(verbs[i]);
        (void)puts("' ;;");
    }
    (void)fputs("        '') words='--help help", stdout);
    write_bash_words(common, count);
    for (size_t i = 0; verbs[i] != NULL; i++) (void)printf(" %s", verbs[i]->name);
    (void)puts("' ;;\n"
               "    esac\n"
               "    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
               "}\n"
               "complete -o default -F _discern discern");
}

/* ---- zsh ---- */

/* Inside a specification brackets and colons have a meaning of their own. */
static void put_zsh(const char *text) {
    for (; *text != '\0'; text++) {
        if (*text == '\'') (void)fputs("'\\''", stdout);
        else if (strchr("[]:\\", *text) != NULL) (void)printf("\\%c", *text);
        else (void)putchar(*text);
    }
}

static void write_zsh_flag(const struct flag *flag) {
    (void)printf("                '%s[", flag->name);
    put_zsh(flag->help);
    (void)putchar(']');
    if (flag->value != NULL) {
        bool folder = strstr(flag->value, "DIR") != NULL, file = strstr(flag->value, "FILE") != NULL;
        (void)putchar(':');
        put_zsh(flag->value);
        (void)fputs(folder ? ":_files -/" : file ? ":_files" : ":", stdout);
    }
    (void)puts("' \\");
}

static void write_zsh_verb(const struct verb *verb) {
    (void)printf("        %s)\n            _arguments \\\n", verb->name);
    for (size_t i = 0; i < verb->flag_count; i++) write_zsh_flag(&verb->flags[i]);
    (void)fputs("                '--help[explain this verb]' \\\n                ", stdout);
    const char *usage = verb->usage, *act;
    size_t len;
    if (verb_next_act(&usage, &act, &len)) {
        (void)fputs("'1:act:(", stdout);
        put_acts(verb);
        (void)fputs(" )' ", stdout);
    }
    (void)puts("'*:operand:_files' ;;");
}

static void write_zsh(void) {
    const struct verb *const *verbs = verb_all();
    size_t count;
    const struct flag *common = verb_common(&count);
    (void)puts("#compdef discern\n"
               "_discern() {\n"
               "    local context state state_descr line\n"
               "    local -a verbs\n"
               "    typeset -A opt_args\n"
               "    verbs=(");
    for (size_t i = 0; verbs[i] != NULL; i++) {
        (void)printf("        '%s:", verbs[i]->name);
        put_quoted(verbs[i]->summary, "'\\''");
        (void)puts("'");
    }
    (void)puts("    )\n    _arguments -C \\");
    for (size_t i = 0; i < count; i++) write_zsh_flag(&common[i]);
    (void)puts("                '--help[list the verbs]' \\\n"
               "                '1:verb:->verb' '*::operand:->rest'\n"
               "    case $state in\n"
               "        verb) _describe verb verbs; return ;;\n"
               "    esac\n"
               "    case $line[1] in");
    for (size_t i = 0; verbs[i] != NULL; i++) write_zsh_verb(verbs[i]);
    (void)puts("    esac\n}\n_discern \"$@\"");
}

/* ---- fish ---- */

static void write_fish_flag(const char *condition, const struct flag *flag) {
    (void)printf("complete -c discern -n '%s' -l %s", condition, flag->name + 2);
    if (flag->value != NULL)
        (void)fputs(strstr(flag->value, "FILE") != NULL || strstr(flag->value, "DIR") != NULL ? " -r -F" : " -x",
                    stdout);
    (void)fputs(" -d '", stdout);
    put_quoted(flag->help, "\\'");
    (void)puts("'");
}

static void write_fish_verb(const struct verb *verb) {
    char condition[128];
    (void)snprintf(condition, sizeof condition, "__fish_seen_subcommand_from %s", verb->name);
    (void)printf("complete -c discern -f -n __fish_use_subcommand -a %s -d '", verb->name);
    put_quoted(verb->summary, "\\'");
    (void)puts("'");
    for (size_t i = 0; i < verb->flag_count; i++) write_fish_flag(condition, &verb->flags[i]);
    const char *usage = verb->usage, *act;
    size_t len;
    if (!verb_next_act(&usage, &act, &len)) return;
    (void)printf("complete -c discern -n '%s' -a '", condition);
    put_acts(verb);
    (void)puts("'");
}

static void write_fish(void) {
    const struct verb *const *verbs = verb_all();
    size_t count;
    const struct flag *common = verb_common(&count);
    (void)puts("# fish completion for discern");
    for (size_t i = 0; i < count; i++) write_fish_flag("__fish_use_subcommand", &common[i]);
    (void)puts("complete -c discern -l help -d 'explain'");
    for (size_t i = 0; verbs[i] != NULL; i++) write_fish_verb(verbs[i]);
}

static int run(const struct cli *cli, const struct args *args) {
    static const struct {
        const char *name;
        void (*write)(void);
    } shells[] = {{"bash", write_bash}, {"zsh", write_zsh}, {"fish", write_fish}};
    (void)cli;
    const char *shell = args->operand_count == 1 ? args->operands[0] : "";
    for (size_t i = 0; i < sizeof shells / sizeof shells[0]; i++) {
        if (strcmp(shell, shells[i].name) != 0) continue;
        shells[i].write();
        return DISCERN_DONE;
    }
    say("completions: give a shell: bash, zsh or fish");
    return DISCERN_WRONG;
}

const struct verb verb_completions = {
    .name = "completions",
    .summary = "print what completes words for bash, zsh or fish",
    .usage = "bash | zsh | fish",
    .help = "Installed with the program; this is for a copy of your own.",
    .examples = "  discern completions bash > ~/.local/share/bash-completion/completions/discern",
    .run = run,
};
