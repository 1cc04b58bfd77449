#include "render/report_sheet.h"

#include "render/page.h"

struct slice sheet_style(void) {
    return SLICE("\n"
                 ".sheet { width: auto; min-width: 60%; font-size: .875rem; }\n"
                 ".sheet th, .sheet td { overflow-wrap: break-word; }\n"
                 ".sheet .n { font-variant-numeric: tabular-nums; }\n"
                 "@media screen and (max-width: 48rem) {\n"
                 "  .sheet, .sheet tbody, .sheet tr, .sheet th, .sheet td { display: block; width: 100%; }\n"
                 "  .sheet thead { display: none; }\n"
                 "  .sheet tr { padding: .375rem 0; border-top: 1px solid var(--line); }\n"
                 "  .sheet th, .sheet td { border: 0; padding: 0; }\n"
                 "  .sheet tbody th { font-weight: 600; }\n"
                 "  .sheet td::before { content: attr(data-label) \": \"; color: var(--soft); }\n"
                 "  .sheet td:empty { display: none; }\n"
                 "}\n");
}

struct sheet sheet_begin(struct html *html, const char *const *words, size_t count) {
    html_tag(html, "table");
    html_attr_is(html, "class", "sheet");
    html_raw(html, "<thead><tr>");
    for (size_t i = 0; i < count; i++) {
        html_tag(html, "th");
        html_attr_is(html, "scope", "col");
        html_text(html, slice_from(words[i]));
        html_close(html, "th");
    }
    html_raw(html, "</tr></thead>");
    html_tag(html, "tbody");
    return (struct sheet){html, words, count, 0};
}

void sheet_row(struct sheet *sheet, struct slice words, struct safe_url url) {
    html_tag(sheet->html, "tr");
    html_tag(sheet->html, "th");
    html_attr_is(sheet->html, "scope", "row");
    page_anchor(sheet->html, url, words);
    html_close(sheet->html, "th");
    sheet->at = 1;
}

void sheet_cell_begin(struct sheet *sheet) {
    html_tag(sheet->html, "td");
    html_attr_is(sheet->html, "class", "n");
    if (sheet->at < sheet->count) html_attr(sheet->html, "data-label", slice_from(sheet->words[sheet->at]));
    sheet->at++;
}

void sheet_cell_end(struct sheet *sheet) {
    html_close(sheet->html, "td");
}

void sheet_cell(struct sheet *sheet, struct slice words) {
    sheet_cell_begin(sheet);
    html_text(sheet->html, words);
    sheet_cell_end(sheet);
}

void sheet_row_end(struct sheet *sheet) {
    html_close(sheet->html, "tr");
}

void sheet_end(struct sheet *sheet) {
    html_close(sheet->html, "tbody");
    html_close(sheet->html, "table");
    html_raw(sheet->html, "\n");
}
