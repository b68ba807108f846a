/* Records of verdicts from other databases (formats.md, "The native record"). A record is known again by its id; what is
 * there stays. Figures of cost and time come along, but are no spending of this store's. Between store_begin and commit.
 * Thread: the store's. */
#ifndef BERDUA_STORE_MERGE_STORE_H
#define BERDUA_STORE_MERGE_STORE_H

#include "berdua/store/store.h"

struct err;
struct json;

enum merge_result {
    MERGE_ADDED,
    MERGE_KNOWN, /* at most its flags were new */
    MERGE_FAILED /* with a reason: the record is not what it should be, or the store failed */
};
enum merge_result merge_store_record(struct store *s, const struct json *record, struct err *err);
/* The same as if it had been judged in a chat here: for the demo's history. */
enum merge_result merge_store_own_record(struct store *s, const struct json *record,
                                         struct err *err);

#endif
