#include "doctor_checks.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/beside.h"
#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/conf/config.h"
#include "berdua/net/http.h"
#include "berdua/store/query.h"
#include "berdua/store/spend_store.h"
#include "berdua/ui/terminal.h"
#include "findings.h"

enum { ROOM_BYTES = 1 << 20 };

/* The file of the store, a new string; NULL: it is none. */
static char *
store_file(const char *url)
{
    const char *path = strncmp(url, "sqlite:", 7) == 0 ? url + 7 : url;
    return strstr(url, "://") ? NULL : *path ? path_expand(path) : path_data("berdua.db");
}

/* Takes a path; gives the nearest folder above it that is there, a new string. */
static char *
folder_there(char *at)
{
    do {
        char *slash = strrchr(at, '/');
        char *above = !slash ? xstrdup(".") : xstrndup(at, slash == at ? 1 : (size_t)(slash - at));
        free(at);
        at = above;
    } while (access(at, F_OK) != 0 && errno == ENOENT);
    return at;
}

/* What cannot be written: the file, or the folder that is or would be made around it; NULL: nothing. errno says why. */
static char *
unwritable(const char *url)
{
    char *at = store_file(url);
    if (!at || (access(at, F_OK) == 0 && access(at, W_OK) != 0))
        return at;
    at = folder_there(at);
    if (access(at, W_OK | X_OK) == 0) {
        free(at);
        return NULL;
    }
    return at;
}

/* The folder that has no room for what a short session writes, a new string; NULL: it has, or it cannot be told. errno
 * says why. The file that is tried goes at once. */
static char *
without_room(const char *url)
{
    char *file = store_file(url), *at = file ? folder_there(file) : NULL;
    char *tried = at ? xasprintf("%s/berdua-room", at) : NULL;
    struct beside b;
    bool open = tried && beside_open(&b, tried);
    int why = open ? posix_fallocate(b.fd, 0, ROOM_BYTES) : errno;
    if (open)
        beside_drop(&b);
    free(tried);
    if (at && (why == ENOSPC || why == EDQUOT || why == EFBIG)) {
        errno = why;
        return at;
    }
    free(at);
    return NULL;
}

void
doctor_check_store(struct findings *f, const struct config *config)
{
    struct err err = {0};
    struct store *q = store_open(config->store_url, &err);
    int64_t tallies[VERDICT_KIND_COUNT];
    bool ok = q && query_tallies(q, NULL, tallies, &err);
    int64_t verdicts = 0;
    for (int k = VERDICT_CLAUDE; ok && k <= VERDICT_BOTH_BAD; k++)
        verdicts += tallies[k];
    store_close(&q);
    char *closed = ok ? unwritable(config->store_url) : NULL;
    char *full = ok && !closed ? without_room(config->store_url) : NULL;
    if (!ok)
        finding_add(f, "store", false, xstrdup(err.text),
                    xstrdup("change what is named, or name another file with --db FILE"));
    else if (closed)
        finding_add(
            f, "store", false, xasprintf("nothing can be saved: %s: %s", closed, strerror(errno)),
            xasprintf("make %s writable for you, or name another file with --db FILE", closed));
    else if (full)
        finding_add(f, "store", false,
                    xasprintf("nothing can be saved: %s: %s", full, strerror(errno)),
                    xstrdup("make room there, or name another file with --db FILE"));
    else
        finding_add(f, "store", true,
                    xasprintf("%s, %lld verdicts", config->store_url, (long long)verdicts), NULL);
    free(closed);
    free(full);
}

/* The month's cost against the budget, when there is one. */
void
doctor_check_budget(struct findings *f, const struct config *config)
{
    struct err err = {0};
    struct spend spend;
    double cap = config->budget.usd_per_month;
    if (isnan(cap))
        return;
    struct spend_store *s = spend_store_open(config->store_url, &err);
    bool read = s && spend_since(s, month_start(clock_wall_us()), cap, &spend, &err);
    spend_store_close(&s);
    if (!read) {
        finding_add(f, "budget", false, xstrdup(err.text), NULL);
        return;
    }
    bool claude = spend_stops(&spend, BRAIN_CLAUDE, cap),
         llama = spend_stops(&spend, BRAIN_LLAMA, cap);
    char woken[64] = "";
    if (spend.warm_up_usd > 0)
        snprintf(woken, sizeof woken, ", warm-ups %.2g of it", spend.warm_up_usd);
    finding_add(f, "budget", !claude && !llama,
                xasprintf("%.4g of %.4g USD spent this month (claude %.4g, llama %.4g%s)%s%s",
                          spend_total(&spend), cap, spend.usd[BRAIN_CLAUDE], spend.usd[BRAIN_LLAMA],
                          woken, spend.unknown ? "; some costs are not known" : "",
                          claude && llama ? "; both are stopped"
                          : claude        ? "; Claude is stopped"
                          : llama         ? "; LLAMA is stopped"
                                          : ""),
                claude || llama
                    ? xstrdup("raise budget.usd_per_month to go on before the month is over")
                    : NULL);
}

/* libcurl is loaded on first use, so a missing one would otherwise be reported only at the first message. */
void
doctor_check_libcurl(struct findings *f)
{
    const char *version = http_library();
    finding_add(f, "libcurl", version, xstrdup(version ? version : http_why_none()),
                version ? NULL : xstrdup("install libcurl (Debian: libcurl4)"));
}

void
doctor_check_terminal(struct findings *f)
{
    const struct ui_terminal t = ui_terminal();
    const char *codeset = nl_langinfo(CODESET);
    bool utf8 = strcmp(codeset, "UTF-8") == 0;
    struct buf text;
    buf_init(&text, SIZE_MAX);
    if (t.why[0])
        buf_printf(&text, "%s, %s%s, %s", t.why,
                   t.described ? "driven as " : "the chat is linear here",
                   t.described ? t.described : "", codeset);
    else
        buf_printf(&text, "TERM=%s, %s", t.type, codeset);
    finding_add(f, "terminal", utf8 && (t.described || !t.unknown), buf_take(&text),
                !utf8      ? xstrdup("use a UTF-8 locale: export LANG=C.UTF-8")
                : t.remedy ? xstrdup(t.remedy)
                           : NULL);
}
