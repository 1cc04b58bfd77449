#include "parse/html_name.h"

#include <string.h>

#define NAME_BYTES 12u

/* In the order of enum html_name, from HTML_E_A on; sorted. */
static const struct {
    char name[NAME_BYTES];
    unsigned traits;
} names[] = {
    {"a", 0},
    {"address", HTML_BLOCKY},
    {"article", HTML_BLOCKY},
    {"aside", HTML_BLOCKY},
    {"audio", HTML_RAW},
    {"b", 0},
    {"base", HTML_VOID},
    {"blockquote", HTML_BLOCKY},
    {"body", HTML_BLOCKY},
    {"br", HTML_VOID},
    {"button", 0},
    {"caption", HTML_BLOCKY | HTML_SCOPE},
    {"center", HTML_BLOCKY},
    {"cite", 0},
    {"code", 0},
    {"dd", HTML_BLOCKY},
    {"details", HTML_BLOCKY},
    {"dialog", HTML_BLOCKY},
    {"div", HTML_BLOCKY},
    {"dl", HTML_BLOCKY},
    {"dt", HTML_BLOCKY},
    {"em", 0},
    {"embed", HTML_VOID},
    {"fieldset", HTML_BLOCKY},
    {"figcaption", HTML_BLOCKY},
    {"figure", HTML_BLOCKY},
    {"font", 0},
    {"footer", HTML_BLOCKY},
    {"form", HTML_BLOCKY},
    {"h1", HTML_BLOCKY},
    {"h2", HTML_BLOCKY},
    {"h3", HTML_BLOCKY},
    {"h4", HTML_BLOCKY},
    {"h5", HTML_BLOCKY},
    {"h6", HTML_BLOCKY},
    {"head", 0},
    {"header", HTML_BLOCKY},
    {"hr", HTML_VOID | HTML_BLOCKY},
    {"html", HTML_BLOCKY},
    {"i", 0},
    {"iframe", HTML_RAW},
    {"img", HTML_VOID},
    {"input", HTML_VOID},
    {"label", 0},
    {"legend", HTML_BLOCKY},
    {"li", HTML_BLOCKY},
    {"link", HTML_VOID},
    {"main", HTML_BLOCKY},
    {"menu", HTML_BLOCKY},
    {"meta", HTML_VOID},
    {"nav", HTML_BLOCKY},
    {"noframes", HTML_RAW},
    {"noscript", HTML_RAW},
    {"object", HTML_RAW},
    {"ol", HTML_BLOCKY},
    {"option", 0},
    {"p", HTML_BLOCKY},
    {"picture", 0},
    {"pre", HTML_BLOCKY},
    {"script", HTML_RAW},
    {"section", HTML_BLOCKY},
    {"select", HTML_RAW},
    {"small", 0},
    {"source", HTML_VOID},
    {"span", 0},
    {"strong", 0},
    {"style", HTML_RAW},
    {"sub", 0},
    {"summary", HTML_BLOCKY},
    {"sup", 0},
    {"svg", HTML_RAW},
    {"table", HTML_BLOCKY | HTML_SCOPE},
    {"tbody", HTML_BLOCKY},
    {"td", HTML_BLOCKY | HTML_SCOPE},
    {"template", HTML_RAW},
    {"textarea", HTML_RAW},
    {"tfoot", HTML_BLOCKY},
    {"th", HTML_BLOCKY | HTML_SCOPE},
    {"thead", HTML_BLOCKY},
    {"time", 0},
    {"title", HTML_RAW},
    {"tr", HTML_BLOCKY},
    {"track", HTML_VOID},
    {"ul", HTML_BLOCKY},
    {"video", HTML_RAW},
    {"wbr", HTML_VOID},
};

enum html_name html_name_of(struct slice name) {
    char lower[NAME_BYTES] = {0};
    if (name.len == 0 || name.len >= NAME_BYTES) return HTML_E_OTHER;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        lower[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    size_t low = 0, high = sizeof names / sizeof names[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = memcmp(lower, names[middle].name, NAME_BYTES);
        if (order == 0) return (enum html_name)(HTML_E_A + middle);
        if (order < 0) high = middle;
        else low = middle + 1;
    }
    return HTML_E_OTHER;
}

unsigned html_name_traits(enum html_name name) {
    return name < HTML_E_A ? 0 : names[name - HTML_E_A].traits;
}
