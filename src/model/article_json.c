#include "model/article_json.h"

static void write_one(struct jwrite *json, const char *name, double surety) {
    jwrite_key(json, name);
    if (surety > 0) jwrite_real(json, surety);
    else jwrite_null(json);
}

void article_json_write_surety(struct jwrite *json, const struct article_surety *surety) {
    jwrite_key(json, "surety");
    jwrite_object(json);
    write_one(json, "title", surety->title);
    write_one(json, "authors", surety->authors);
    write_one(json, "published", surety->published);
    write_one(json, "modified", surety->modified);
    write_one(json, "site", surety->site);
    write_one(json, "description", surety->description);
    write_one(json, "lang", surety->lang);
    write_one(json, "image", surety->image);
    write_one(json, "canonical_url", surety->canonical_url);
    write_one(json, "text", surety->text);
    jwrite_end_object(json);
}
