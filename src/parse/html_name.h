/* html_name: the elements of HTML by number, and what each means for building a tree. */
#ifndef DISCERN_PARSE_HTML_NAME_H
#define DISCERN_PARSE_HTML_NAME_H

#include "base/slice.h"

/* Sorted, as the table in html_name.c is. HTML_E_TEXT is a run of text, HTML_E_OTHER any element not listed. */
enum html_name {
    HTML_E_TEXT,
    HTML_E_OTHER,
    HTML_E_A,
    HTML_E_ADDRESS,
    HTML_E_ARTICLE,
    HTML_E_ASIDE,
    HTML_E_AUDIO,
    HTML_E_B,
    HTML_E_BASE,
    HTML_E_BLOCKQUOTE,
    HTML_E_BODY,
    HTML_E_BR,
    HTML_E_BUTTON,
    HTML_E_CAPTION,
    HTML_E_CENTER,
    HTML_E_CITE,
    HTML_E_CODE,
    HTML_E_DD,
    HTML_E_DETAILS,
    HTML_E_DIALOG,
    HTML_E_DIV,
    HTML_E_DL,
    HTML_E_DT,
    HTML_E_EM,
    HTML_E_EMBED,
    HTML_E_FIELDSET,
    HTML_E_FIGCAPTION,
    HTML_E_FIGURE,
    HTML_E_FONT,
    HTML_E_FOOTER,
    HTML_E_FORM,
    HTML_E_H1,
    HTML_E_H2,
    HTML_E_H3,
    HTML_E_H4,
    HTML_E_H5,
    HTML_E_H6,
    HTML_E_HEAD,
    HTML_E_HEADER,
    HTML_E_HR,
    HTML_E_HTML,
    HTML_E_I,
    HTML_E_IFRAME,
    HTML_E_IMG,
    HTML_E_INPUT,
    HTML_E_LABEL,
    HTML_E_LEGEND,
    HTML_E_LI,
    HTML_E_LINK,
    HTML_E_MAIN,
    HTML_E_MENU,
    HTML_E_META,
    HTML_E_NAV,
    HTML_E_NOFRAMES,
    HTML_E_NOSCRIPT,
    HTML_E_OBJECT,
    HTML_E_OL,
    HTML_E_OPTION,
    HTML_E_P,
    HTML_E_PICTURE,
    HTML_E_PRE,
    HTML_E_SCRIPT,
    HTML_E_SECTION,
    HTML_E_SELECT,
    HTML_E_SMALL,
    HTML_E_SOURCE,
    HTML_E_SPAN,
    HTML_E_STRONG,
    HTML_E_STYLE,
    HTML_E_SUB,
    HTML_E_SUMMARY,
    HTML_E_SUP,
    HTML_E_SVG,
    HTML_E_TABLE,
    HTML_E_TBODY,
    HTML_E_TD,
    HTML_E_TEMPLATE,
    HTML_E_TEXTAREA,
    HTML_E_TFOOT,
    HTML_E_TH,
    HTML_E_THEAD,
    HTML_E_TIME,
    HTML_E_TITLE,
    HTML_E_TR,
    HTML_E_TRACK,
    HTML_E_UL,
    HTML_E_VIDEO,
    HTML_E_WBR,
    HTML_E_COUNT
};

enum html_trait {
    HTML_VOID = 1,   /* has no content and no end tag */
    HTML_RAW = 2,    /* content is no markup, or not for readers: skipped whole */
    HTML_BLOCKY = 4, /* begins and ends a paragraph */
    HTML_SCOPE = 8   /* an end tag outside does not reach through it: table cells and tables */
};

/* Of a name as written, in any case. */
enum html_name html_name_of(struct slice name);
/* Traits, or-ed. */
unsigned html_name_traits(enum html_name name);

#endif
