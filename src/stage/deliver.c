#include "stage/deliver.h"

#include "base/limits.h"
#include "base/when.h"
#include "config/secret.h"
#include "deliver/target.h"
#include "model/digest_json.h"
#include "render/mail.h"
#include "stage/look.h"
#include "store/digests.h"
#include "store/outbox.h"

#define TRIES_MOST 8
#define WAIT_S ((int64_t)30 * 60)
#define PASSWORD_BYTES ((size_t)4096)

static const struct delivery *find_delivery(const struct house *house, struct slice name) {
    for (size_t i = 0; i < house->config.deliveries.count; i++)
        if (slice_equal(house->config.deliveries.at[i].name, name)) return &house->config.deliveries.at[i];
    return NULL;
}

static const char *target_name(const struct delivery *delivery) {
    static const char *const names[] = {NULL, "maildir", "sendmail", "smtp"};
    return names[delivery->kind];
}

/* ---- owing ---- */

static bool owe_one(struct house *house, const struct digest *digest, const struct delivery *delivery, struct slice to,
                    struct arena *arena, struct fault *fault) {
    bool added;
    char *key = arena_printf(arena, "%.*s %.*s %.*s %.*s", SLICE_ARGS(digest->reader.name), SLICE_ARGS(digest->date),
                             SLICE_ARGS(delivery->name), SLICE_ARGS(to));
    struct letter letter = {.reader = digest->reader.name,
                            .target = delivery->name,
                            .date_s = digest->date_s,
                            .queued_s = house->options.now_s,
                            .changed_s = house->options.now_s,
                            .next_try_s = house->options.now_s};
    if (key == NULL || !mail_message_id(digest, to, arena, &letter.message_id)) return fault_memory(fault);
    letter.key = slice_from(key);
    return outbox_add(house->store, &letter, &added, fault);
}

bool deliver_owe(struct house *house, const struct digest *digest, struct arena *arena, struct fault *fault) {
    for (size_t i = 0; i < digest->reader.deliveries.count; i++) {
        const struct delivery *delivery = find_delivery(house, digest->reader.deliveries.at[i]);
        if (delivery == NULL || target_name(delivery) == NULL) continue;
        struct slice nobody = SLICE("");
        size_t receivers = delivery->to.count == 0 ? 1 : delivery->to.count;
        for (size_t r = 0; r < receivers; r++)
            if (!owe_one(house, digest, delivery, delivery->to.count == 0 ? nobody : delivery->to.at[r], arena, fault))
                return false;
    }
    return true;
}

/* ---- handing over ---- */

struct handing {
    struct house *house;
    struct arena *arena;
    struct secrets *secrets;
    struct letter letter;
    const struct delivery *delivery;
    struct slice to;          /* the key's last word */
    struct slice_list silent; /* servers that gave no answer in time: the others of this run wait for the next */
    struct deliver_counts *counts;
};

static bool keep(struct handing *h, enum letter_state state, struct slice reason, struct fault *fault) {
    AUTO(store_work_end)
    struct store_work work = {0};
    h->letter.state = state;
    h->letter.reason = reason;
    h->letter.changed_s = h->house->options.now_s;
    return store_begin(h->house->store, &work, fault) && outbox_put(h->house->store, &h->letter, fault) &&
           store_commit(&work, fault);
}

/* Read anew for each mail, and let go of after it. */
static bool write_mail(struct handing *h, struct buf *out, struct fault *fault) {
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    if (arena == NULL) return fault_memory(fault);
    struct digest_record record = {.date_s = h->letter.date_s, .reader = h->letter.reader};
    struct digest digest;
    bool found;
    if (!digests_get(h->house->store, &record, arena, &found, fault)) return false;
    if (!found) return fault_set(fault, FAULT_INPUT, "the digest that it is about is no longer kept");
    if (!digest_json_read(record.json, arena, &digest, fault)) return false;
    struct look_kept kept;
    if (!look_load(h->house, arena, &kept, fault)) return false;
    kept.look.mail.from = h->delivery->from;
    kept.look.mail.to = h->to;
    kept.look.mail.unsubscribe = h->delivery->unsubscribe;
    return day_format_find(SLICE("eml"))->write(&digest, &kept.look, out, fault);
}

static bool set_password(struct handing *h, struct target_settings *settings, struct buf *password,
                         struct fault *fault) {
    if (slice_is_empty(h->delivery->secret)) return true;
    if (!secrets_get(h->secrets, h->delivery->secret, password, fault)) return false;
    settings->password = buf_slice(password);
    return true;
}

/* True when it went; *again says after a fault that another try is worth it. */
static bool hand_over(struct handing *h, struct slice message, bool *may_have_gone, struct fault *fault) {
    AUTO(buf_free)
    struct buf password = buf_new(PASSWORD_BYTES);
    const struct target *target = target_find(slice_from(target_name(h->delivery)));
    struct target_settings settings = {.folder = h->delivery->folder,
                                       .program = h->delivery->program,
                                       .server = h->delivery->server,
                                       .user = h->delivery->user,
                                       .without_tls = h->delivery->without_tls,
                                       .timeout_s = h->delivery->timeout_s};
    struct parcel parcel = {.message = message,
                            .message_id = h->letter.message_id,
                            .from = h->delivery->from,
                            .to = h->to,
                            .date_s = h->letter.date_s};
    *may_have_gone = false;
    if (target == NULL) return fault_set(fault, FAULT_CONFIG, "there is no such way of delivery");
    return set_password(h, &settings, &password, fault) && target->hand_over(&settings, &parcel, may_have_gone, fault);
}

static bool gave_up(struct handing *h, const struct fault *wrong, struct fault *fault) {
    h->counts->failed++;
    house_tell(h->house, STAGE_TROUBLE, "the mail to %.*s was not sent and is given up: %s", SLICE_ARGS(h->to),
               wrong->text);
    return keep(h, LETTER_FAILED, slice_from(wrong->text), fault);
}

static bool after_fault(struct handing *h, const struct fault *wrong, bool may_have_gone, struct fault *fault) {
    if (wrong->kind == FAULT_BUSY && !slice_list_add_once(h->arena, &h->silent, h->delivery->server))
        return fault_memory(fault);
    if (may_have_gone) {
        h->counts->unsure++;
        house_tell(h->house, STAGE_TROUBLE,
                   "whether the mail to %.*s went is not known: %s; ask there, or 'discern deliver --again' sends it "
                   "once more",
                   SLICE_ARGS(h->to), wrong->text);
        return keep(h, LETTER_UNSURE, slice_from(wrong->text), fault);
    }
    bool worth_it = wrong->kind == FAULT_REMOTE || wrong->kind == FAULT_BUSY || wrong->kind == FAULT_CONFIG ||
                    wrong->kind == FAULT_STORE;
    if (!worth_it || h->letter.tries >= TRIES_MOST) return gave_up(h, wrong, fault);
    h->counts->waiting++;
    h->letter.next_try_s = h->house->options.now_s + WAIT_S;
    if (wrong->kind != FAULT_REMOTE && wrong->kind != FAULT_BUSY)
        house_tell(h->house, STAGE_TROUBLE, "the mail to %.*s waits: %s", SLICE_ARGS(h->to), wrong->text);
    return keep(h, LETTER_QUEUED, slice_from(wrong->text), fault);
}

static bool is_silent(const struct handing *h) {
    for (size_t i = 0; i < h->silent.count; i++)
        if (slice_equal(h->silent.at[i], h->delivery->server)) return true;
    return false;
}

/* It is no try: the server was not asked. */
static bool wait_for_server(struct handing *h, struct fault *fault) {
    h->counts->waiting++;
    if (h->letter.state != LETTER_QUEUED) return true;
    h->letter.next_try_s = h->house->options.now_s + WAIT_S;
    return keep(h, LETTER_QUEUED, SLICE("its mail server gave no answer in time to another mail"), fault);
}

static bool send_one(struct handing *h, struct fault *fault) {
    AUTO(buf_free)
    struct buf message = buf_new(LIMIT_RENDER_BYTES);
    struct fault wrong = {0};
    bool may_have_gone = false;
    if (h->letter.state == LETTER_UNSURE)
        house_tell(h->house, STAGE_TROUBLE, "the mail to %.*s may come a second time (same Message-ID)",
                   SLICE_ARGS(h->to));
    h->letter.tries++;
    if (!write_mail(h, &message, &wrong))
        return wrong.kind == FAULT_MEMORY ? fault_memory(fault) : gave_up(h, &wrong, fault);
    if (!keep(h, LETTER_SENDING, (struct slice){NULL, 0}, fault)) return false;
    if (!hand_over(h, buf_slice(&message), &may_have_gone, &wrong)) return after_fault(h, &wrong, may_have_gone, fault);
    h->counts->sent++;
    return keep(h, LETTER_SENT, (struct slice){NULL, 0}, fault);
}

static struct slice last_word(struct slice key) {
    size_t at = key.len;
    while (at > 0 && key.at[at - 1] != ' ') at--;
    return slice_part(key, at, key.len);
}

static bool recover(struct house *house, int64_t *unsure, struct fault *fault) {
    AUTO(store_work_end)
    struct store_work work = {0};
    return store_begin(house->store, &work, fault) &&
           outbox_recover(house->store, house->options.now_s, unsure, fault) && store_commit(&work, fault);
}

/* A kill leaves no reason behind, a server that went away does. */
static bool needs_a_person(const struct letter *letter, enum deliver_again again) {
    return letter->state == LETTER_UNSURE && !slice_is_empty(letter->reason) && again == DELIVER_DUE;
}

static bool send_due(struct handing *h, const struct letter_list *due, enum deliver_again again, struct fault *fault) {
    for (size_t i = 0; i < due->count; i++) {
        struct fault gone = {0};
        if (needs_a_person(&due->at[i], again)) continue;
        h->letter = due->at[i];
        h->to = last_word(h->letter.key);
        h->delivery = find_delivery(h->house, h->letter.target);
        bool known = h->delivery != NULL && target_name(h->delivery) != NULL;
        if (!known)
            fault_set(&gone, FAULT_CONFIG, "the delivery '%.*s' is no longer in discern.conf",
                      SLICE_ARGS(h->letter.target));
        bool silent = known && is_silent(h);
        if (silent ? !wait_for_server(h, fault) : known ? !send_one(h, fault) : !gave_up(h, &gone, fault)) return false;
    }
    return true;
}

bool deliver_run(struct house *house, enum deliver_again again, struct deliver_counts *out, struct fault *fault) {
    struct deliver_counts counts = {0};
    struct letter_list due = {0};
    int64_t unsure;
    AUTO(arena_free)
    struct arena *arena = arena_new(LIMIT_ARENA_BYTES);
    AUTO(secrets_free)
    struct secrets *secrets = secrets_new(house->config.secrets_file, fault);
    if (arena == NULL) return fault_memory(fault);
    if (secrets == NULL) return false;
    struct handing h = {.house = house, .arena = arena, .secrets = secrets, .counts = &counts};
    if (!recover(house, &unsure, fault) || !outbox_due(house->store, house->options.now_s, arena, &due, fault) ||
        !send_due(&h, &due, again, fault))
        return false;
    *out = counts;
    return true;
}
