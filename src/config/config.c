#include "config/config.h"

#include "config/discern_conf.h"
#include "config/placeholders_conf.h"
#include "config/prompts_conf.h"
#include "config/sources_conf.h"

static void missing(struct problems *problems, const struct config_file *file) {
    struct place place = {.file = file->name};
    problem_add(problems, PROBLEM_ERROR, place, "'discern init' writes a commented one", "there is no such file");
}

bool config_read(const struct config_tables *tables, const struct config_files *files, struct arena *arena,
                 struct config *out, struct problems *problems, struct fault *fault) {
    struct config config = {0};
    if (slice_is_absent(files->discern.text)) missing(problems, &files->discern);
    else if (!discern_conf_read(tables, &files->discern, arena, &config, problems)) return fault_memory(fault);
    if (slice_is_absent(files->sources.text)) missing(problems, &files->sources);
    else if (!sources_conf_read(tables, &files->sources, arena, &config, problems)) return fault_memory(fault);
    if (!slice_is_absent(files->prompts.text) && !prompts_conf_read(&files->prompts, arena, &config, problems))
        return fault_memory(fault);
    if (!placeholders_conf_read(&files->placeholders, arena, &config, problems)) return fault_memory(fault);
    *out = config;
    return true;
}
