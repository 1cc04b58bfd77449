#include "base/limits.h"
#include "parse/html_text.h"
#include "parse/meta.h"
#include "parse/meta_date.h"

/* Which fact a <meta> of this name holds. */
enum fact {
    FACT_TITLE,
    FACT_OG_TITLE,
    FACT_AUTHOR,
    FACT_PUBLISHED,
    FACT_MODIFIED,
    FACT_SITE,
    FACT_DESCRIPTION,
    FACT_LANG,
    FACT_IMAGE,
    FACT_URL,
    FACT_DOI,
    FACT_ISBN,
    FACT_PDF,
    FACT_KIND
};

static const struct tag_name {
    const char *name; /* lower case */
    enum fact fact;
    enum meta_rank rank;
    const char *from;
} tag_names[] = {
    {"og:title", FACT_OG_TITLE, META_OG, "og"},
    {"twitter:title", FACT_OG_TITLE, META_PLAIN, "meta"},
    {"citation_title", FACT_TITLE, META_CITATION, "citation"},
    {"eprints.title", FACT_TITLE, META_DC, "meta"},
    {"bepress_citation_title", FACT_TITLE, META_CITATION, "citation"},
    {"dc.title", FACT_TITLE, META_DC, "meta"},
    {"dcterms.title", FACT_TITLE, META_DC, "meta"},
    {"citation_author", FACT_AUTHOR, META_CITATION, "citation"},
    {"bepress_citation_author", FACT_AUTHOR, META_CITATION, "citation"},
    {"eprints.creators_name", FACT_AUTHOR, META_DC, "meta"},
    {"article:author", FACT_AUTHOR, META_OG, "og"},
    {"author", FACT_AUTHOR, META_PLAIN, "meta"},
    {"parsely-author", FACT_AUTHOR, META_PLAIN, "meta"},
    {"sailthru.author", FACT_AUTHOR, META_PLAIN, "meta"},
    {"byl", FACT_AUTHOR, META_PLAIN, "meta"},
    {"dc.creator", FACT_AUTHOR, META_DC, "meta"},
    {"dcterms.creator", FACT_AUTHOR, META_DC, "meta"},
    {"article:published_time", FACT_PUBLISHED, META_OG, "og"},
    {"og:article:published_time", FACT_PUBLISHED, META_OG, "og"},
    {"og:published_time", FACT_PUBLISHED, META_OG, "og"},
    {"citation_publication_date", FACT_PUBLISHED, META_CITATION, "citation"},
    {"citation_online_date", FACT_PUBLISHED, META_CITATION, "citation"},
    {"bepress_citation_date", FACT_PUBLISHED, META_CITATION, "citation"},
    {"citation_date", FACT_PUBLISHED, META_CITATION, "citation"},
    {"parsely-pub-date", FACT_PUBLISHED, META_PLAIN, "meta"},
    {"sailthru.date", FACT_PUBLISHED, META_PLAIN, "meta"},
    {"datepublished", FACT_PUBLISHED, META_PLAIN, "meta"},
    {"published", FACT_PUBLISHED, META_PLAIN, "meta"},
    {"updated", FACT_MODIFIED, META_PLAIN, "meta"},
    {"publish-date", FACT_PUBLISHED, META_PLAIN, "meta"},
    {"publish_date", FACT_PUBLISHED, META_PLAIN, "meta"},
    {"pubdate", FACT_PUBLISHED, META_PLAIN, "meta"},
    {"publication_date", FACT_PUBLISHED, META_PLAIN, "meta"},
    {"cxenseparse:recs:publishtime", FACT_PUBLISHED, META_PLAIN, "meta"},
    {"date", FACT_PUBLISHED, META_PLAIN, "meta"},
    {"publishdate", FACT_PUBLISHED, META_PLAIN, "meta"},
    {"published-date", FACT_PUBLISHED, META_PLAIN, "meta"},
    {"published_date", FACT_PUBLISHED, META_PLAIN, "meta"},
    {"published_time", FACT_PUBLISHED, META_PLAIN, "meta"},
    {"date_published", FACT_PUBLISHED, META_PLAIN, "meta"},
    {"pub_date", FACT_PUBLISHED, META_PLAIN, "meta"},
    {"og:pubdate", FACT_PUBLISHED, META_PLAIN, "og"},
    {"bt:pubdate", FACT_PUBLISHED, META_PLAIN, "meta"},
    {"rnews:datepublished", FACT_PUBLISHED, META_PLAIN, "meta"},
    {"article:published", FACT_PUBLISHED, META_PLAIN, "meta"},
    {"article.published", FACT_PUBLISHED, META_PLAIN, "meta"},
    {"article_date_original", FACT_PUBLISHED, META_PLAIN, "meta"},
    {"originalpublicationdate", FACT_PUBLISHED, META_PLAIN, "meta"},
    {"vr:published_time", FACT_PUBLISHED, META_PLAIN, "meta"},
    {"shareaholic:article_published_time", FACT_PUBLISHED, META_PLAIN, "meta"},
    {"prism.publicationdate", FACT_PUBLISHED, META_DC, "meta"},
    {"dcterms.issued", FACT_PUBLISHED, META_DC, "meta"},
    {"eprints.date", FACT_PUBLISHED, META_DC, "meta"},
    {"displaydate", FACT_PUBLISHED, META_DC, "meta"},
    {"release_date", FACT_PUBLISHED, META_DC, "meta"},
    {"datecreated", FACT_PUBLISHED, META_DC, "meta"},
    {"date_created", FACT_PUBLISHED, META_DC, "meta"},
    {"creation_date", FACT_PUBLISHED, META_DC, "meta"},
    {"article.created", FACT_PUBLISHED, META_DC, "meta"},
    {"ptime", FACT_PUBLISHED, META_DC, "meta"},
    {"dc.date.issued", FACT_PUBLISHED, META_DC, "meta"},
    {"dc.date", FACT_PUBLISHED, META_DC, "meta"},
    {"dcterms.date", FACT_PUBLISHED, META_DC, "meta"},
    {"dcterms.created", FACT_PUBLISHED, META_DC, "meta"},
    {"article:modified_time", FACT_MODIFIED, META_OG, "og"},
    {"og:updated_time", FACT_MODIFIED, META_PLAIN, "og"},
    {"datemodified", FACT_MODIFIED, META_PLAIN, "meta"},
    {"date_modified", FACT_MODIFIED, META_PLAIN, "meta"},
    {"article.updated", FACT_MODIFIED, META_PLAIN, "meta"},
    {"last-modified", FACT_MODIFIED, META_PLAIN, "meta"},
    {"dcterms.modified", FACT_MODIFIED, META_DC, "meta"},
    {"og:site_name", FACT_SITE, META_OG, "og"},
    {"application-name", FACT_SITE, META_MICRODATA, "meta"},
    {"citation_journal_title", FACT_SITE, META_CITATION, "citation"},
    {"og:description", FACT_DESCRIPTION, META_OG, "og"},
    {"description", FACT_DESCRIPTION, META_PLAIN, "meta"},
    {"citation_abstract", FACT_DESCRIPTION, META_CITATION, "citation"},
    {"dc.description", FACT_DESCRIPTION, META_DC, "meta"},
    {"og:locale", FACT_LANG, META_PLAIN, "og"},
    {"content-language", FACT_LANG, META_MICRODATA, "meta"},
    {"citation_language", FACT_LANG, META_DC, "citation"},
    {"og:image", FACT_IMAGE, META_OG, "og"},
    {"twitter:image", FACT_IMAGE, META_PLAIN, "meta"},
    {"og:url", FACT_URL, META_OG, "og"},
    {"citation_doi", FACT_DOI, META_CITATION, "citation"},
    {"bepress_citation_doi", FACT_DOI, META_CITATION, "citation"},
    {"prism.doi", FACT_DOI, META_PLAIN, "meta"},
    {"dc.identifier", FACT_DOI, META_DC, "meta"},
    {"citation_isbn", FACT_ISBN, META_CITATION, "citation"},
    {"books:isbn", FACT_ISBN, META_OG, "og"},
    {"citation_pdf_url", FACT_PDF, META_CITATION, "citation"},
    {"og:type", FACT_KIND, META_OG, "og"},
    {"headline", FACT_TITLE, META_MICRODATA, "microdata"},
    {"image", FACT_IMAGE, META_MICRODATA, "microdata"},
    {"inlanguage", FACT_LANG, META_MICRODATA, "microdata"},
};

static struct meta_fact *fact_of(struct meta_facts *facts, enum fact fact) {
    switch (fact) {
        case FACT_TITLE: return &facts->title;
        case FACT_OG_TITLE: return &facts->og_title;
        case FACT_PUBLISHED: return &facts->published;
        case FACT_MODIFIED: return &facts->modified;
        case FACT_SITE: return &facts->site;
        case FACT_DESCRIPTION: return &facts->description;
        case FACT_LANG: return &facts->lang;
        case FACT_IMAGE: return &facts->image;
        case FACT_URL: return &facts->canonical;
        case FACT_DOI: return &facts->doi;
        case FACT_ISBN: return &facts->isbn;
        case FACT_PDF: return &facts->pdf;
        case FACT_KIND: return &facts->page_kind;
        case FACT_AUTHOR: break;
    }
    return NULL;
}

static const struct tag_name *find_name(struct slice name) {
    for (size_t i = 0; i < COUNT_OF(tag_names); i++)
        if (slice_equal_nocase(name, slice_from(tag_names[i].name))) return &tag_names[i];
    return NULL;
}

/* Which fact the element holds, and by what kind of name. */
static const struct tag_name *known_name(const struct html_node *node, const char **from) {
    static const char *const keys[] = {"property", "name", "itemprop", "http-equiv"};
    const size_t itemprop = 2;
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        struct slice key = html_node_attribute(node, keys[i]);
        const struct tag_name *known = slice_is_empty(key) ? NULL : find_name(slice_trim(key));
        if (known == NULL) continue;
        *from = i == itemprop ? "microdata" : known->from;
        return known;
    }
    return NULL;
}

static bool read_meta(const struct page_sheet *sheet, const struct html_node *node, struct meta_facts *facts) {
    const char *from;
    const struct tag_name *known = known_name(node, &from);
    if (known == NULL) return true;
    struct slice value;
    if (!html_text_line(sheet->arena, html_node_attribute(node, "content"), &value)) return false;
    if (known->fact == FACT_AUTHOR) {
        bool address = slice_starts_nocase(value, SLICE("http")) || slice_starts(value, SLICE("/"));
        return address || meta_put_author(sheet->arena, facts, value, (int)known->rank, from);
    }
    bool is_date = known->fact == FACT_PUBLISHED || known->fact == FACT_MODIFIED;
    if (is_date && !meta_date_say(sheet->arena, facts->date_order, value, &value)) return false;
    meta_put(fact_of(facts, known->fact), value, (int)known->rank, from);
    return true;
}

/* An address in microdata may be the author's or the publisher's: only a picture is taken from there. */
static bool read_link(const struct page_sheet *sheet, const struct html_node *node, struct meta_facts *facts) {
    bool canonical = slice_equal_nocase(html_node_attribute(node, "rel"), SLICE("canonical"));
    bool image = slice_equal_nocase(html_node_attribute(node, "itemprop"), SLICE("image"));
    struct slice href;
    if (!canonical && !image) return true;
    if (!html_text_line(sheet->arena, html_node_attribute(node, "href"), &href)) return false;
    if (canonical) meta_put(&facts->canonical, href, META_JSON_LD, "meta");
    else meta_put(&facts->image, href, META_MICRODATA, "microdata");
    return true;
}

bool meta_read_tags(const struct page_sheet *sheet, struct meta_facts *facts) {
    for (uint32_t i = 1; i < sheet->tree.count; i++) {
        const struct html_node *node = &sheet->tree.at[i];
        if (node->name == HTML_E_META && !read_meta(sheet, node, facts)) return false;
        if (node->name == HTML_E_LINK && !read_link(sheet, node, facts)) return false;
        if (node->name != HTML_E_HTML) continue;
        struct slice lang;
        if (!html_text_line(sheet->arena, html_node_attribute(node, "lang"), &lang)) return false;
        meta_put(&facts->lang, lang, META_CITATION, "meta");
    }
    return true;
}
