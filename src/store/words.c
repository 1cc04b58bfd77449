#include "store/words.h"

/* FTS5 without content of its own is told what to take out, word for word. */
static bool tell(struct store *store, const char *sql, const struct words *words, struct fault *fault) {
    AUTO(ask_end)
    struct ask ask = {0};
    if (words->row > store->indexed_row) return true;
    if (!ask_open(store, sql, &ask, fault)) return false;
    ask_bind_int(&ask, words->row);
    ask_bind_text(&ask, words->title);
    ask_bind_text(&ask, words->text);
    ask_bind_text(&ask, words->author);
    return ask_run(&ask, fault);
}

bool words_add(struct store *store, const struct words *words, struct fault *fault) {
    return tell(store, "INSERT INTO words(rowid, title, text, author) VALUES(?, ?, ?, ?)", words, fault);
}

bool words_remove(struct store *store, const struct words *words, struct fault *fault) {
    return tell(store, "INSERT INTO words(words, rowid, title, text, author) VALUES('delete', ?, ?, ?, ?)", words,
                fault);
}
