/* The report as the contract's object (schemas.md, `report --json`). Thread: any. */
#ifndef BERDUA_REPORT_REPORT_JSON_H
#define BERDUA_REPORT_REPORT_JSON_H

#include "berdua/report/report.h"

struct json;

/* Of this call. */
struct report_made {
    int64_t at_us;
    const char *config_hash;
    const char *const *words; /* of the command */
    int word_count;
};
struct json *report_to_json(const struct report *r, const struct report_made *made);

#endif
