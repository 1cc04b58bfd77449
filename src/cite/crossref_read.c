#include "cite/registry.h"

static struct slice first_text(const struct jnode *record, const char *key) {
    return jtree_text(jtree_at(jtree_get(record, key), 0));
}

static bool read_title(struct arena *arena, const struct jnode *record, struct work *out) {
    struct slice title = {0}, subtitle = {0};
    if (!registry_plain(arena, first_text(record, "title"), &title)) return false;
    if (!registry_plain(arena, first_text(record, "subtitle"), &subtitle)) return false;
    out->title = title;
    if (title.len == 0 || subtitle.len == 0) return true;
    if (slice_find_nocase(title, subtitle, 0) != SLICE_NOT_FOUND) return true;
    char *both = arena_printf(arena, "%.*s: %.*s", SLICE_ARGS(title), SLICE_ARGS(subtitle));
    if (both != NULL) out->title = slice_from(both);
    return both != NULL;
}

static int read_year(const struct jnode *record) {
    static const char *const keys[] = {"issued", "published", "published-print", "published-online", "posted"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        const struct jnode *parts = jtree_get(jtree_get(record, keys[i]), "date-parts");
        int year = registry_year(jtree_int(jtree_at(jtree_at(parts, 0), 0), 0));
        if (year != 0) return year;
    }
    return 0;
}

static bool read_people(struct arena *arena, const struct jnode *people, struct work *out) {
    for (size_t i = 0; i < jtree_count(people); i++) {
        const struct jnode *one = jtree_at(people, i);
        struct slice family = jtree_get_text(one, "family");
        if (slice_is_empty(family)) family = jtree_get_text(one, "name");
        if (!registry_author(arena, jtree_get_text(one, "given"), family, out)) return false;
    }
    return true;
}

/* The registry's words for what was done to a work, by weight. A new version or edition is no notice. */
static enum work_notice notice_of(struct slice type) {
    static const struct {
        const char *type;
        enum work_notice notice;
    } types[] = {
        {"retraction", WORK_RETRACTED},         {"withdrawal", WORK_RETRACTED},          {"removal", WORK_RETRACTED},
        {"partial_retraction", WORK_RETRACTED}, {"expression_of_concern", WORK_CONCERN}, {"concern", WORK_CONCERN},
        {"correction", WORK_CORRECTED},         {"corrigendum", WORK_CORRECTED},         {"erratum", WORK_CORRECTED},
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (slice_equal_nocase(type, slice_from(types[i].type))) return types[i].notice;
    }
    return WORK_NO_NOTICE;
}

/* The gravest notice counts, the first of its kind. `own` = the DOI that an update must name, absent = any. */
static bool read_notices(struct arena *arena, const struct jnode *updates, struct slice own, struct work *out) {
    for (size_t i = 0; i < jtree_count(updates); i++) {
        const struct jnode *one = jtree_at(updates, i);
        enum work_notice notice = notice_of(jtree_get_text(one, "type"));
        if (notice <= out->notice) continue;
        struct slice doi = jtree_get_text(one, "DOI");
        if (own.len > 0 && !slice_equal_nocase(doi, own)) continue;
        out->notice = notice;
        out->notice_id = (struct slice){0};
        if (!registry_doi(arena, doi, &out->notice_id)) return false;
    }
    return true;
}

static bool read_preprint(struct arena *arena, const struct jnode *record, struct work *out) {
    const struct jnode *later = jtree_get(jtree_get(record, "relation"), "is-preprint-of");
    for (size_t i = 0; i < jtree_count(later) && out->preprint_of.len == 0; i++) {
        const struct jnode *one = jtree_at(later, i);
        if (!slice_equal_nocase(jtree_get_text(one, "id-type"), SLICE("doi"))) continue;
        if (!registry_doi(arena, jtree_get_text(one, "id"), &out->preprint_of)) return false;
    }
    return true;
}

static bool is_open(const struct jnode *record) {
    const struct jnode *licences = jtree_get(record, "license");
    for (size_t i = 0; i < jtree_count(licences); i++) {
        struct slice url = jtree_get_text(jtree_at(licences, i), "URL");
        if (slice_find_nocase(url, SLICE("creativecommons.org/"), 0) != SLICE_NOT_FOUND) return true;
    }
    return false;
}

/* Links that are registered for text mining alone may refuse a person: only those for everybody count. */
static bool read_open_address(struct arena *arena, const struct jnode *record, struct work *out) {
    if (!is_open(record)) return true;
    const struct jnode *links = jtree_get(record, "link");
    for (size_t i = 0; i < jtree_count(links) && out->open_access_url.len == 0; i++) {
        const struct jnode *one = jtree_at(links, i);
        struct slice use = jtree_get_text(one, "intended-application");
        if (slice_equal(use, SLICE("text-mining")) || slice_equal(use, SLICE("similarity-checking"))) continue;
        if (!registry_url(arena, jtree_get_text(one, "URL"), &out->open_access_url)) return false;
    }
    if (out->open_access_url.len > 0) return true;
    return registry_url(arena, jtree_text(jtree_path(record, "resource.primary.URL")), &out->open_access_url);
}

static bool read_place(struct arena *arena, const struct jnode *record, struct work *out) {
    struct slice place = first_text(record, "container-title");
    if (slice_is_empty(place)) place = jtree_text(jtree_path(jtree_at(jtree_get(record, "institution"), 0), "name"));
    if (slice_is_empty(place)) place = jtree_get_text(record, "group-title");
    if (slice_is_empty(place)) place = jtree_get_text(record, "publisher");
    return registry_plain(arena, place, &out->journal);
}

enum registry_reading crossref_read(struct arena *arena, const struct jnode *record, struct work *out) {
    struct slice doi = {0};
    if (!registry_doi(arena, jtree_get_text(record, "DOI"), &doi)) return REGISTRY_NO_MEMORY;
    struct slice type = jtree_get_text(record, "type");
    if (doi.len == 0 || (slice_is_empty(type) && slice_is_empty(first_text(record, "title")))) {
        return REGISTRY_MALFORMED;
    }
    const struct jnode *people = jtree_get(record, "author");
    if (jtree_count(people) == 0) people = jtree_get(record, "editor");
    out->year = read_year(record);
    if (!registry_plain(arena, type, &out->type) || !read_title(arena, record, out) ||
        !read_place(arena, record, out) || !read_people(arena, people, out) ||
        !registry_url(arena, jtree_get_text(record, "URL"), &out->url) || !read_open_address(arena, record, out) ||
        !read_preprint(arena, record, out) || !read_notices(arena, jtree_get(record, "updated-by"), SLICE(""), out) ||
        /* update-to names what this work is a notice about, unless a publisher retracted in place. */
        !read_notices(arena, jtree_get(record, "update-to"), doi, out)) {
        return REGISTRY_NO_MEMORY;
    }
    registry_judge_title(out);
    return REGISTRY_READ;
}
