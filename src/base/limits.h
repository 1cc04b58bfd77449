/* limits: every ceiling of the program, with its unit and its reason. Checked before growing. */
#ifndef DISCERN_BASE_LIMITS_H
#define DISCERN_BASE_LIMITS_H

#include <stddef.h>

/* One field of what people write themselves: a note, an aim, a reason. */
#define LIMIT_WRITTEN_BYTES 4000u
/* One fetched document, after decompression: the largest honest feeds seen are under 8 MB. */
#define LIMIT_DOCUMENT_BYTES ((size_t)10 * 1024 * 1024)
/* Items read from one feed document, and newly stored from one poll of one source. */
#define LIMIT_FEED_ITEMS 5000u
#define LIMIT_NEW_ITEMS_PER_POLL 500u
/* One field of one item (title, text, summary): beyond this it is cut and said so. */
#define LIMIT_FIELD_BYTES ((size_t)256 * 1024)
/* Links, tags, persons and enclosures kept of one item. */
#define LIMIT_ITEM_LIST 200u
/* Linked pages asked for because of one item: the first links say most of what it is about. */
#define LIMIT_PAGES_OF_ITEM 8u
/* One URL: longer ones are refused (RFC 9110 recommends support for 8,000 octets). */
#define LIMIT_URL_BYTES 8192u
/* One arena: a page of items, an article, a batch to judge. */
#define LIMIT_ARENA_BYTES ((size_t)256 * 1024 * 1024)
/* XML: open elements, and attributes of one tag (libxml2 2.9.14 is quadratic in attributes). */
#define LIMIT_XML_DEPTH 250u
#define LIMIT_XML_ATTRIBUTES 1000u
/* JSON: nesting depth (jansson's own limit is 2048; no real answer is deeper than 30). */
#define LIMIT_JSON_DEPTH 100u
/* One configuration or rules file, one of its lines, and the mistakes reported in one run. */
#define LIMIT_CONFIG_BYTES ((size_t)4 * 1024 * 1024)
#define LIMIT_CONFIG_LINE_BYTES 4096u
#define LIMIT_PROBLEMS 200u
/* Text judged: folded bytes of a post and of an article. */
#define LIMIT_POST_TEXT_BYTES (16u * 1024)
#define LIMIT_ARTICLE_TEXT_BYTES (64u * 1024)
/* CPU for one document's judgement, and for one document's parsing in its child process. */
#define LIMIT_JUDGE_CPU_MS 20u
#define LIMIT_PARSE_CPU_S 2u
/* CPU milliseconds for one linked page or PDF: the largest honest ones need a third of it. */
#define LIMIT_PAGE_CPU_MS 900u
/* Places kept where words of rules stand, in one document: every word of the longest article could be one. */
#define LIMIT_HITS 32768u
/* One file of JSON lines that discern classify reads: some ten thousand articles. */
#define LIMIT_CLASSIFY_INPUT_BYTES (256u * 1024 * 1024)
/* Address space of a parsing child: the program, the document, its tree and its answer. */
#define LIMIT_PARSE_MEMORY_BYTES ((size_t)512 * 1024 * 1024)
/* Wall-clock time of a parsing child for one document (a busy machine gives less than a CPU second a second), and the
 * largest answer that it may send: the document, its texts and links, its lists. */
#define LIMIT_JAIL_WALL_S 8u
#define LIMIT_JAIL_ANSWER_BYTES ((size_t)64 * 1024 * 1024)

/* Elements of one list between processes: more than any list of ours holds. */
#define LIMIT_WIRE_LIST 10000u

/* A school's logo: it stands in every page, and a day's page is to stay under 40 kB. */
#define LIMIT_LOGO_BYTES 8192u

/* Words of one text compared for likeness, pairs compared in one bucket of look-alikes, voices
 * compared for sharing the same links, and stories left out that a
 * digest's file tells of one by one (the counts are whole; the printed choice tells of all). */
#define LIMIT_LIKENESS_WORDS 4000u
#define LIMIT_LIKENESS_BUCKET 200u
#define LIMIT_CIRCLE_VOICES 1000u
#define LIMIT_LEFT_OUT 100u

/* Posts that one day's digest is chosen from, the newest: the first run over a thousand sources brings more than memory
 * holds with all that belongs to them. */
#define LIMIT_CANDIDATES 5000u

/* Redirects followed for one request; pages of one source asked in one run. */
#define LIMIT_REDIRECTS 5u
#define LIMIT_PAGES_PER_RUN 50u
/* Response headers kept of one answer. */
#define LIMIT_HEADER_BYTES (64u * 1024)
#define LIMIT_HEADER_LINES 200u
/* Longest wait that a server can ask for. */
#define LIMIT_RETRY_AFTER_S 86400

/* One row of the store, packed; the SQL text, which is ours alone; and the memory that SQLite may take in all. */
#define LIMIT_STORE_ROW_BYTES 4194304u
#define LIMIT_STORE_SQL_BYTES 65536u
#define LIMIT_STORE_HEAP_BYTES 268435456u
/* One article or digest before it is compressed. */
#define LIMIT_STORE_BODY_BYTES 16777216u
/* Page cache; an archive of posts touches every page of the indexes again and again. */
#define LIMIT_STORE_CACHE_BYTES 8388608u
#define LIMIT_IMPORT_CACHE_BYTES 33554432u
/* A page of a new store: half the writes of SQLite's own 4 KiB, and a post of a few kilobytes leaves less of it empty.
 */
#define LIMIT_STORE_PAGE_BYTES 8192u
/* Size of the write-ahead log from which its pages are brought into the store. */
#define LIMIT_STORE_LOG_BYTES 41943040u
/* How long a writer waits for another one, e.g. the local page for a run. */
#define LIMIT_STORE_BUSY_MS 5000
/* Items that one key finds, and words of one search. */
#define LIMIT_STORE_FOUND 10000u
#define LIMIT_SEARCH_WORDS 32u
#define LIMIT_SEARCH_BYTES 16384u
/* Keys held back in memory until they are written in order. */
#define LIMIT_STORE_KEYS 131072u
/* Different texts that verdicts share: labels and reasons of the rules in force, and of some before them. */
#define LIMIT_STORE_LEXICON 8192u
/* One file that is written whole, and its name. */
#define LIMIT_FILE_BYTES 67108864u
#define LIMIT_FILE_NAME_BYTES 1024u
#define LIMIT_PATH_BYTES 4096u
#define LIMIT_FOLDER_FILES 100000u

/* A page: elements and texts of its tree (the largest real ones have 60,000), and open elements at a time. */
#define LIMIT_HTML_NODES 250000u
#define LIMIT_HTML_DEPTH 512u
/* Main text of an article; what is longer is cut. */
#define LIMIT_PAGE_TEXT_BYTES ((size_t)1024 * 1024)
/* Things that one text rests on, links of its main text, and authors. */
#define LIMIT_REFERENCES 500u
#define LIMIT_PAGE_LINKS 500u
#define LIMIT_AUTHORS 50u
/* Members and elements of one JSON-LD document: each costs up to 400 bytes to hold. */
#define LIMIT_JSON_LD_PARTS 100000u
/* Pages read of a PDF: title, abstract and what it found stand there. */
#define LIMIT_PDF_PAGES 12u

#endif
