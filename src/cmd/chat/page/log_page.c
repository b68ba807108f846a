/* The last lines of the chat's own log. */
#include "page_source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/base/when.h"

enum { TAIL_BYTES = 32 << 10, MOST_LINES = 200, STAMP_BYTES = 24 }; /* 2026-01-31T12:59:59.000Z */

/* The file's end, cut to whole lines; its length, -1 when it cannot be read. */
static ssize_t
read_tail(const char *file, char *out)
{
    struct stat st;
    int fd = path_open_plain(file, O_RDONLY, 0, &st, NULL);
    if (fd < 0)
        return -1;
    ssize_t n = pread(fd, out, TAIL_BYTES, st.st_size > TAIL_BYTES ? st.st_size - TAIL_BYTES : 0);
    int why = errno;
    close(fd);
    errno = why;
    char *nl = n > 0 && st.st_size > TAIL_BYTES ? memchr(out, '\n', (size_t)n) : NULL;
    if (nl) {
        size_t cut = (size_t)(nl + 1 - out);
        n -= (ssize_t)cut;
        memmove(out, nl + 1, (size_t)n);
    }
    return n;
}

/* "TIME LEVEL text": the hour here as the label, as of messages; errors and warnings stand out. */
static void
line_row(struct doc *d, const char *p, size_t n)
{
    char stamp[STAMP_BYTES + 1] = "", date[11], hour[9];
    int64_t at_us;
    memcpy(stamp, p, n < STAMP_BYTES ? n : STAMP_BYTES);
    if (n <= STAMP_BYTES || p[STAMP_BYTES] != ' ' || !when_parse(stamp, 0, &at_us)) {
        doc_text(d, p, n);
        return;
    }
    clock_format(at_us, "%Y-%m-%d", date, sizeof date);
    clock_format(at_us, "%H:%M:%S", hour, sizeof hour);
    const char *text = p + STAMP_BYTES + 1;
    int len = (int)(n - STAMP_BYTES - 1);
    bool bad =
        (len > 5 && memcmp(text, "error", 5) == 0) || (len > 7 && memcmp(text, "warning", 7) == 0);
    if (bad)
        doc_warning(d, hour, "%s  %.*s", date, len, text);
    else
        doc_row(d, hour, "%s  %.*s", date, len, text);
}

/* Newest first: the page begins where one looks. */
static void
log_rows(struct doc *d, const char *p, size_t n)
{
    int count = 0;
    while (n > 0 && count < MOST_LINES) {
        if (p[n - 1] == '\n')
            n--;
        size_t begin = n;
        while (begin > 0 && p[begin - 1] != '\n')
            begin--;
        if (begin < n) {
            line_row(d, p + begin, n - begin);
            count++;
        }
        n = begin;
    }
    if (count == 0)
        doc_remark(d, "Nothing was logged yet; berdua -v chat logs more.");
}

static void
log_load(struct doc *d, const struct page_source *s)
{
    (void)s;
    char *file = path_state("log"), *tail = xmalloc(TAIL_BYTES);
    ssize_t n = read_tail(file, tail);
    doc_remark(d, "%s, newest first", file);
    doc_blank(d);
    if (n >= 0 || errno == ENOENT)
        log_rows(d, tail, n > 0 ? (size_t)n : 0);
    else
        doc_warning(d, "failed", "%s: %s", file, strerror(errno));
    free(tail);
    free(file);
}

const struct page_ops page_log = {.title = "Log", .prints = true, .load = log_load};
