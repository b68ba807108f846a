#include "sessions_search.h"

#include <math.h>
#include <stdio.h>

#include "berdua/base/clock.h"
#include "berdua/base/json.h"
#include "berdua/store/session_store.h"
#include "cmd/cmd.h"
#include "cmd/out.h"
#include "cmd/values.h"
#include "sessions.h"

enum { USUAL_ROWS = 50, PART_COLS = 160 };

struct found {
    struct json *rows; /* NULL: they are printed */
    int64_t count;
};

/* Who said it; the answers of a turn that is judged blind name nobody yet. */
static const char *
speaker(const struct said_row *row)
{
    if (row->brain == BRAIN_NONE)
        return "message";
    return row->veiled ? "answer" : brain_id_name(row->brain);
}

static void
print_row(const struct said_row *row)
{
    char when[OUT_TIME_BYTES];
    out_print("%s  turn %lld  %s  ", row->session, (long long)row->seq,
              out_time(row->at_wall_us, when));
    out_safe(row->user, true, 0);
    out_print("  %s%s: ", speaker(row), row->simulated ? " SIMULATED" : "");
    out_safe(row->part, true, PART_COLS);
    putchar('\n');
}

static struct json *
row_json(const struct said_row *row)
{
    struct json *o = json_object();
    json_add_str(o, "session", row->session);
    json_add_str(o, "title", row->title);
    json_add_str(o, "user", row->user);
    json_add_int(o, "turn", row->seq);
    json_add_num(o, "at", (double)row->at_wall_us / US_PER_S);
    json_add_str(o, "said_by", speaker(row));
    json_add_str(o, "part", row->part);
    json_add_bool(o, "simulated", row->simulated);
    return o;
}

static bool
take_row(void *arg, const struct said_row *row)
{
    struct found *f = arg;
    f->count++;
    if (f->rows)
        json_push(f->rows, row_json(row));
    else
        print_row(row);
    return !ferror(stdout);
}

int
sessions_check_limit(const struct cmd_args *a, int64_t *out)
{
    return value_number(&command_sessions, a, SESSIONS_LIMIT, 1, SAID_ROWS_MOST, out);
}

bool
sessions_search(const struct cmd_args *a, struct err *err)
{
    int64_t limit = USUAL_ROWS;
    sessions_check_limit(a, &limit);
    struct found f = {.rows = a->values[SESSIONS_JSON] ? json_array() : NULL};
    bool more = false,
         ok = session_store_search(a->store, a->words[0], limit, take_row, &f, &more, err);
    if (f.rows) {
        struct json *doc = json_object();
        json_add(doc, "found", f.rows);
        json_add_bool(doc, "more", more);
        return out_json_if(ok, doc);
    }
    if (ok && !a->globals->quiet && f.count == 0)
        out_say("berdua: nobody has said that\n");
    else if (ok && !a->globals->quiet && more)
        out_say("berdua: these are the newest %lld; --limit N shows more\n", (long long)f.count);
    return ok;
}
