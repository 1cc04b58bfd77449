/* json_lines: reads a file of JSON lines and does nothing with them: what jansson alone costs, for bench_import.py. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int count, char **words) {
    FILE *file = count > 1 ? fopen(words[1], "rb") : NULL;
    char *line = NULL;
    size_t room = 0, lines = 0;
    if (file == NULL) return 2;
    for (ssize_t len; (len = getline(&line, &room, file)) > 0;) {
        json_t *json = json_loadb(line, (size_t)len, 0, NULL);
        lines += json != NULL;
        json_decref(json);
    }
    free(line);
    (void)fclose(file);
    printf("%zu\n", lines);
    return 0;
}
