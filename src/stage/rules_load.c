#include "stage/rules_load.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "config/config.h"

#define FILES_MOST 200

struct names {
    char *at[FILES_MOST];
    size_t count;
};

static void close_folder(DIR **folder) {
    if (*folder != NULL) (void)closedir(*folder);
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool list(const char *path, struct arena *arena, struct names *names, struct fault *fault) {
    AUTO(close_folder)
    DIR *folder = opendir(path);
    if (folder == NULL)
        return fault_set(fault, FAULT_CONFIG, "%s: the rules cannot be read: %s", path, strerror(errno));
    struct dirent *entry;
    while ((entry = readdir(folder)) != NULL) {
        struct slice name = slice_from(entry->d_name);
        if (slice_starts(name, SLICE(".")) || !slice_ends(name, SLICE(".rules"))) continue;
        if (names->count == FILES_MOST)
            return fault_set(fault, FAULT_CONFIG, "%s: more than %d files of rules", path, FILES_MOST);
        names->at[names->count] = arena_text(arena, name);
        if (names->at[names->count++] == NULL) return fault_memory(fault);
    }
    if (names->count == 0) return fault_set(fault, FAULT_CONFIG, "%s: holds no file that ends in .rules", path);
    qsort(names->at, names->count, sizeof names->at[0], by_name);
    return true;
}

bool rules_load(const char *folder, struct arena *arena, struct ruleset *out, struct problems *problems,
                struct fault *fault) {
    struct names names = {.count = 0};
    if (!list(folder, arena, &names, fault)) return false;
    struct rules_file *files = arena_alloc(arena, names.count, sizeof *files);
    if (files == NULL) return fault_memory(fault);
    for (size_t i = 0; i < names.count; i++) {
        bool found;
        char *path = arena_printf(arena, "%s/%s", folder, names.at[i]);
        if (path == NULL) return fault_memory(fault);
        files[i].name = slice_from(path);
        if (!config_read_file(path, arena, &files[i].text, &found, fault)) return false;
        if (!found) files[i].text = SLICE("");
    }
    return ruleset_read(files, names.count, arena, out, problems, fault) && ruleset_identify(out, arena, fault);
}
