#include "model/verdict.h"

const char *field_name(enum field field) {
    static const char *const names[] = {"post", "title", "article-title", "article", "host", "author", "reference"};
    return field < FIELD_COUNT ? names[field] : "";
}

const char *polarity_name(enum polarity polarity) {
    static const char *const names[] = {"neutral", "positive", "negative"};
    return names[polarity];
}

const char *stance_name(enum stance stance) {
    static const char *const names[] = {"none", "mentions", "promotes", "debunks"};
    return names[stance];
}

const char *hit_state_name(enum hit_state state) {
    static const char *const names[] = {"counted", "negated", "vetoed", "lonely", "shadowed"};
    return names[state];
}

struct slice document_field(const struct document *document, enum field field) {
    struct slice none = {NULL, 0};
    switch (field) {
        case FIELD_POST: return document->text;
        case FIELD_TITLE: return document->title;
        case FIELD_ARTICLE_TITLE: return document->article == NULL ? none : document->article->title;
        case FIELD_ARTICLE: return document->article == NULL ? none : document->article->text;
        case FIELD_AUTHOR: return document->author;
        case FIELD_HOST:
        case FIELD_REFERENCE:
        case FIELD_COUNT: break;
    }
    return none;
}
