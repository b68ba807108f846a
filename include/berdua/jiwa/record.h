/* What LLAMA infers about a person from a conversation, and the same rolled up over many (the profile): per
 * field a list of items, each with a confidence and the customer's own words as evidence. An inference by a
 * small model: shown as inferred, never as fact. Plain data, no I/O. Thread: its owner's. */
#ifndef BERDUA_JIWA_RECORD_H
#define BERDUA_JIWA_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;
struct json;

enum jiwa_field {
    JIWA_EMOTIONAL_STATE, /* newest first, so the list is its evolution */
    JIWA_CULTURAL_SIGNALS,
    JIWA_COMMUNICATION_STYLE,
    JIWA_TRUST_LEVEL, /* value "1" to "5" */
    JIWA_LIFE_SITUATION,
    JIWA_DREAMS,
    JIWA_ANXIETIES,
    JIWA_UNDERLYING_NEEDS,
    JIWA_RELATIONSHIP_PHASE, /* first_contact, returning, established, family */
    JIWA_NEXT_TIME,          /* advice for the next conversation */
    JIWA_FIELD_COUNT
};

enum { JIWA_VALUE_BYTES = 300, JIWA_QUOTE_BYTES = 500, JIWA_RECORD_ITEMS = 8, JIWA_TRUST_MAX = 5 };

struct jiwa_item {
    char *value;       /* one line of valid UTF-8, never empty */
    double confidence; /* 0..1 */
    char *quote;       /* the customer's words; NULL: none, as in what the operator wrote */
    char session[27];  /* where it was last inferred; "": nowhere */
    int64_t at_us;     /* wall clock, when */
    bool edited;       /* the operator's own: inference never changes it */
    bool removed;      /* the operator took it out: it is not shown and does not come back */
};

struct jiwa_list {
    struct jiwa_item *v;
    size_t count;
};

struct jiwa {
    struct jiwa_list fields[JIWA_FIELD_COUNT];
};

/* A zeroed struct is empty. */
void jiwa_finish(struct jiwa *j);
size_t jiwa_count(const struct jiwa *j); /* without removed items */
/* A new item at the end; the value is made one clean line and both texts are cut at their limits. NULL: nothing
 * was left of the value, or it is none that the field can have. */
struct jiwa_item *jiwa_add(struct jiwa *j, enum jiwa_field f, const char *value, double confidence,
                           const char *quote);
void jiwa_list_drop(struct jiwa_list *l, size_t at);
/* The item whose value is the same but for case, blanks and marks; NULL: none. */
struct jiwa_item *jiwa_list_find(const struct jiwa_list *l, const char *value);
/* When, as "2026-11-24" in local time. */
void jiwa_item_date(const struct jiwa_item *i, char out[32]);

/* "emotional_state"; parse returns -1 for an unknown word. */
const char *jiwa_field_name(enum jiwa_field f);
int jiwa_field_parse(const char *name);

/* The stored form, and back; from: what is unknown or of the wrong type is left out. trust_level's values are
 * numbers there. `extras` adds session, ts and the flags. */
struct json *jiwa_to_json(const struct jiwa *j, bool extras);
/* NULL reads as empty; false: not JSON. */
bool jiwa_parse(struct jiwa *j, const char *text, struct err *err);
char *jiwa_print(const struct jiwa *j); /* a new string */

#endif
