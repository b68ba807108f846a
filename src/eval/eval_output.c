#include "berdua/eval/eval_output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/path.h"
#include "berdua/eval/eval_rows.h"

/* A row holds two answers at most, each of ANSWER_MAX_BYTES, and JSON may make six bytes of one. */
enum { ROW_BYTES = 256 << 20, FILE_BYTES = 2000000000, ID_BYTES = 1024 };

static bool
refuse(const struct eval_output *o, struct err *err)
{
    return err_set(err, "%s cannot be written: %s", o->file ? o->file : "the result",
                   path_unwritable(errno));
}

/* ---- what stands in it ---- */

static bool
note_line(struct eval_output *o, const char *p, size_t n, struct err *err)
{
    struct json *row = json_parse(p, n, err);
    const struct json *id = json_get(row, "id");
    struct buf text;
    buf_init(&text, ID_BYTES);
    bool ok = row && ((id && json_print(id, &text)) || err_set(err, "it has no id"));
    if (ok && id_set_add(&o->standing, eval_id_hash(text.p)))
        o->rows++;
    buf_finish(&text);
    json_free(row);
    return ok;
}

static bool
note_lines(struct eval_output *o, const struct buf *text, struct err *err)
{
    const char *p = text->p, *end = text->p + text->len;
    for (size_t line = 1; p < end; line++) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        if (!stop)
            break;
        if (!note_line(o, p, (size_t)(stop - p), err))
            return err_prefix(err, "%s:%zu: no row of a result", o->file, line);
        p = stop + 1;
    }
    o->torn = (size_t)(end - p);
    return true;
}

static bool
take_up(struct eval_output *o, bool resume, struct err *err)
{
    struct buf text;
    buf_init(&text, FILE_BYTES);
    bool ok = path_read_fd(o->fd, &text, err);
    if (ok && text.len && !resume)
        ok = err_set(err, "%s is not empty: --resume goes on with it", o->file);
    ok = ok && note_lines(o, &text, err);
    if (ok && o->torn && ftruncate(o->fd, (off_t)(text.len - o->torn)) != 0)
        ok = refuse(o, err);
    buf_finish(&text);
    return ok;
}

/* ---- life ---- */

bool
eval_output_open(struct eval_output *o, const char *file, bool resume, struct err *err)
{
    *o = (struct eval_output){.file = file, .fd = STDOUT_FILENO};
    if (!file)
        return true;
    o->fd = path_open_plain(file, O_RDWR | O_CREAT | O_APPEND, 0600, NULL, err);
    if (o->fd < 0)
        return false;
    if (flock(o->fd, LOCK_EX | LOCK_NB) != 0)
        return err_set(err, "%s: another berdua eval writes to it", file);
    return take_up(o, resume, err);
}

/* A row that does not fit is taken back, so that the file ends with a whole line. */
static bool
write_row(struct eval_output *o, const struct buf *line, struct err *err)
{
    off_t end = o->file ? lseek(o->fd, 0, SEEK_END) : -1;
    if (path_write_fd(o->fd, line->p, line->len))
        return true;
    o->unread = errno == EPIPE;
    if (!o->unread)
        refuse(o, err);
    if (end >= 0 && ftruncate(o->fd, end) != 0) /* --resume will drop the piece */
        o->torn = line->len;
    return false;
}

bool
eval_output_put(struct eval_output *o, const struct json *row, struct err *err)
{
    struct buf line;
    buf_init(&line, ROW_BYTES);
    bool ok = (json_print(row, &line) && buf_append_char(&line, '\n')) ||
              err_set(err, "a row is longer than %d bytes", ROW_BYTES);
    ok = ok && write_row(o, &line, err);
    buf_finish(&line);
    o->rows += ok;
    return ok;
}

bool
eval_output_close(struct eval_output *o, struct err *err)
{
    bool ok = true;
    if (o->file && o->fd >= 0) {
        ok = fsync(o->fd) == 0 || errno == EINVAL || errno == EROFS || refuse(o, err);
        close(o->fd);
    }
    o->fd = -1;
    id_set_finish(&o->standing);
    return ok;
}
