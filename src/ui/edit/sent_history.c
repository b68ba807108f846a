#include "editor_parts.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/path.h"

enum { MAX_FILE_BYTES = 16 << 20 };

static void
escape_entry(struct buf *out, const char *text)
{
    for (const char *p = text; *p; p++) {
        if (*p == '\n')
            buf_append_str(out, "\\n");
        else if (*p == '\\')
            buf_append_str(out, "\\\\");
        else
            buf_append_char(out, *p);
    }
    buf_append_char(out, '\n');
}

static void
unescape_entry(struct buf *out, const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (p[i] == '\\' && i + 1 < n) {
            i++;
            buf_append_char(out, p[i] == 'n' ? '\n' : p[i]);
        } else if (p[i]) {
            buf_append_char(out, p[i]);
        }
    }
}

/* Where the last HISTORY_MAX_ENTRIES lines begin. */
static size_t
last_lines(const struct buf *file, size_t *count)
{
    size_t begin = file->len;
    *count = 0;
    size_t end = file->len;
    while (end > 0) {
        size_t at = end - 1;
        while (at > 0 && file->p[at - 1] != '\n')
            at--;
        if (++*count <= HISTORY_MAX_ENTRIES)
            begin = at;
        end = at;
    }
    return begin;
}

void
history_load(const char *file, void (*entry)(void *arg, const char *text), void *arg)
{
    struct buf all, text;
    buf_init(&all, MAX_FILE_BYTES);
    buf_init(&text, HISTORY_MAX_ENTRY_BYTES);
    if (!path_read(file, &all, NULL))
        goto out;
    size_t count = 0;
    size_t begin = last_lines(&all, &count);
    for (size_t at = begin; at < all.len;) {
        const char *nl = memchr(all.p + at, '\n', all.len - at);
        size_t n = nl ? (size_t)(nl - (all.p + at)) : all.len - at;
        buf_clear(&text);
        unescape_entry(&text, all.p + at, n);
        if (text.len)
            entry(arg, text.p);
        at += n + 1;
    }
    if (count >= 2 * HISTORY_MAX_ENTRIES)
        path_write_atomic(file, all.p + begin, all.len - begin, NULL);
out:
    buf_finish(&text);
    buf_finish(&all);
}

void
history_append(const char *file, const char *text)
{
    struct buf line;
    buf_init(&line, (size_t)2 * HISTORY_MAX_ENTRY_BYTES + 2);
    size_t n = strlen(text);
    if (n == 0 || n > HISTORY_MAX_ENTRY_BYTES)
        return;
    escape_entry(&line, text);
    int fd = -1;
    if (path_make_parent(file, NULL))
        fd = path_open_plain(file, O_WRONLY | O_APPEND | O_CREAT, 0600, NULL, NULL);
    /* One write, so that two instances never mix their lines. A short one only loses an entry. */
    if (fd >= 0 && write(fd, line.p, line.len) < 0)
        (void)0;
    if (fd >= 0)
        close(fd);
    buf_finish(&line);
}
