#include "cite/registry.h"

/* DataCite's kinds of things in Crossref's words, which the rest of the program knows. */
static struct slice type_of(struct slice general, struct slice doi) {
    static const struct {
        const char *datacite, *crossref;
    } types[] = {
        {"JournalArticle", "journal-article"},
        {"Preprint", "posted-content"},
        {"Dataset", "dataset"},
        {"Book", "book"},
        {"BookChapter", "book-chapter"},
        {"ConferencePaper", "proceedings-article"},
        {"Report", "report"},
        {"Dissertation", "dissertation"},
        {"PeerReview", "peer-review"},
        {"Standard", "standard"},
        {"Software", "software"},
        {"ConferenceProceeding", "proceedings"},
    };
    if (slice_starts(doi, SLICE("10.48550/"))) return SLICE("posted-content");
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (slice_equal_nocase(general, slice_from(types[i].datacite))) return slice_from(types[i].crossref);
    }
    return SLICE("other");
}

/* The main title is the one without a type of its own. */
static struct slice main_title(const struct jnode *titles) {
    for (size_t i = 0; i < jtree_count(titles); i++) {
        const struct jnode *title = jtree_at(titles, i);
        if (slice_is_empty(jtree_get_text(title, "titleType"))) return jtree_get_text(title, "title");
    }
    return jtree_get_text(jtree_at(titles, 0), "title");
}

static bool read_creators(struct arena *arena, const struct jnode *creators, struct work *out) {
    for (size_t i = 0; i < jtree_count(creators); i++) {
        const struct jnode *one = jtree_at(creators, i);
        struct slice given = jtree_get_text(one, "givenName"), family = jtree_get_text(one, "familyName");
        bool named = !slice_is_empty(family);
        struct slice whole = jtree_get_text(one, "name");
        if (!registry_author(arena, named ? given : SLICE(""), named ? family : whole, out)) return false;
    }
    return true;
}

static bool read_relations(struct arena *arena, const struct jnode *related, struct work *out) {
    for (size_t i = 0; i < jtree_count(related) && out->preprint_of.len == 0; i++) {
        const struct jnode *one = jtree_at(related, i);
        if (!slice_equal_nocase(jtree_get_text(one, "relatedIdentifierType"), SLICE("DOI"))) continue;
        struct slice relation = jtree_get_text(one, "relationType");
        bool newer = slice_equal(relation, SLICE("IsVersionOf")) || slice_equal(relation, SLICE("IsPreviousVersionOf"));
        if (!newer || !slice_equal(out->type, SLICE("posted-content"))) continue;
        if (!registry_doi(arena, jtree_get_text(one, "relatedIdentifier"), &out->preprint_of)) return false;
    }
    return true;
}

static bool is_open(const struct jnode *rights) {
    for (size_t i = 0; i < jtree_count(rights); i++) {
        const struct jnode *one = jtree_at(rights, i);
        if (slice_find_nocase(jtree_get_text(one, "rightsUri"), SLICE("creativecommons.org"), 0) != SLICE_NOT_FOUND ||
            slice_find_nocase(jtree_get_text(one, "rightsUri"), SLICE("openAccess"), 0) != SLICE_NOT_FOUND) {
            return true;
        }
    }
    return false;
}

enum registry_reading datacite_read(struct arena *arena, const struct jnode *data, struct work *out) {
    const struct jnode *about = jtree_get(data, "attributes");
    struct slice doi = {0};
    if (!registry_doi(arena, jtree_get_text(about, "doi"), &doi)) return REGISTRY_NO_MEMORY;
    if (!registry_plain(arena, main_title(jtree_get(about, "titles")), &out->title)) return REGISTRY_NO_MEMORY;
    if (doi.len == 0 || out->title.len == 0) return REGISTRY_MALFORMED;
    out->type = type_of(jtree_text(jtree_path(about, "types.resourceTypeGeneral")), doi);
    out->year = registry_year(jtree_int(jtree_get(about, "publicationYear"), 0));
    struct slice place = jtree_text(jtree_path(about, "container.title"));
    if (slice_is_empty(place)) place = jtree_text(jtree_path(about, "publisher.name"));
    if (slice_is_empty(place)) place = jtree_get_text(about, "publisher");
    struct slice url = jtree_get_text(about, "url");
    if (!registry_plain(arena, place, &out->journal) || !registry_url(arena, url, &out->url) ||
        !read_creators(arena, jtree_get(about, "creators"), out) ||
        !read_relations(arena, jtree_get(about, "relatedIdentifiers"), out)) {
        return REGISTRY_NO_MEMORY;
    }
    bool arxiv = slice_starts(doi, SLICE("10.48550/arxiv"));
    if (arxiv || is_open(jtree_get(about, "rightsList"))) out->open_access_url = out->url;
    registry_judge_title(out);
    return REGISTRY_READ;
}
