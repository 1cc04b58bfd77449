/* args: reading the words behind a verb by the verb's own table of flags. GNU habits: flags anywhere, --flag VALUE or
 * --flag=VALUE, "--" ends them, "-" is a file. */
#ifndef DISCERN_CLI_ARGS_H
#define DISCERN_CLI_ARGS_H

#include <stdbool.h>
#include <stddef.h>

struct flag {
    const char *name;  /* "--kind" */
    const char *value; /* name of its value in the help ("KIND"), NULL for a switch */
    const char *help;  /* half a line */
};

#define ARGS_MOST 4096

struct args {
    const struct flag *flags;
    size_t flag_count;
    const char *values[32]; /* by index in flags: the value, or "" for a switch that was given; NULL = not given */
    const char **operands;  /* what is no flag, in order; borrowed from argv */
    size_t operand_count;
    bool help;                /* --help or -h was given */
    const char *wrong, *near; /* what could not be read, and what was perhaps meant */
};

/* Reads argv[0..argc) into *args, whose flags, flag_count and operands (room for argc entries) are set and outlive it.
 * False when a flag is unknown or lacks its value: then args->wrong names it and args->near the flag that was perhaps
 * meant (or NULL). */
bool args_read(struct args *args, int argc, char **argv);
/* Whether the flag called `name` was given; its value, or NULL. `name` must be in the table. */
bool args_has(const struct args *args, const char *name);
const char *args_value(const struct args *args, const char *name);

#endif
