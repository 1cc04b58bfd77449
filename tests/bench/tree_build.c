/* The floor that reading pages is measured against: libxml2 building its tree of the HTML files named, and freeing it.
 */
#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    const size_t room = (size_t)16 * 1024 * 1024;
    char *bytes = malloc(room);
    if (bytes == NULL) return 1;
    for (int i = 1; i < argc; i++) {
        FILE *file = fopen(argv[i], "rb");
        if (file == NULL) continue;
        size_t len = fread(bytes, 1, room, file);
        (void)fclose(file);
        xmlFreeDoc(htmlReadMemory(bytes, (int)len, NULL, NULL,
                                  HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | XML_PARSE_HUGE));
    }
    free(bytes);
    return 0;
}
