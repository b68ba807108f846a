#include "inputrc_read.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"

enum {
    MAX_DEPTH = 16, /* of files that include files */
    MAX_FILE_BYTES = 256 << 10,
    MAX_BYTES = 1 << 20, /* in all, a file as often as it is read */
    MAX_REFUSALS = 8,    /* that are told */
};

struct reading {
    const struct inputrc_ops *ops;
    struct stat files[MAX_DEPTH]; /* being read, each included by the one before */
    int depth;
    size_t bytes;
    int refusals;
};

/* place: of the $include; NULL: nothing includes it. */
static bool
refuse(struct reading *r, const char *place, const char *file, const char *why)
{
    char *text = place ? xasprintf("%s: $include %s is left out: %s", place, file, why)
                       : xasprintf("%s is not read: %s", file, why);
    if (r->refusals++ < MAX_REFUSALS)
        r->ops->refused(r->ops->arg, text);
    free(text);
    return true;
}

static bool
is_being_read(const struct reading *r, const struct stat *st)
{
    for (int i = 0; i < r->depth; i++)
        if (r->files[i].st_dev == st->st_dev && r->files[i].st_ino == st->st_ino)
            return true;
    return false;
}

static bool read_one(struct reading *r, const char *file, const char *place);

/* The file that an $include names; NULL: it is another line. Cuts the blanks at the line's end off. */
static const char *
included_file(char *line)
{
    static const char word[] = "include";
    size_t n = sizeof word - 1;
    if (line[0] != '$')
        return NULL;
    char *p = line + 1 + strspn(line + 1, " \t");
    if (strncasecmp(p, word, n) != 0 || !strchr(" \t", p[n]) || !p[n])
        return NULL;
    p += n;
    p += strspn(p, " \t");
    for (size_t end = strlen(p); end && strchr(" \t", p[end - 1]);)
        p[--end] = 0;
    return p;
}

static void
take_line(struct reading *r, char *line, const char *place)
{
    const char *file = included_file(line);
    if (file && r->ops->on(r->ops->arg)) {
        char *path = path_expand(file);
        read_one(r, path, place);
        free(path);
    } else if (!file && *line && *line != '#') {
        r->ops->obey(r->ops->arg, line, place);
    }
}

static void
take_lines(struct reading *r, char *text, const char *file)
{
    for (int number = 1; text; number++) {
        char *end = strchr(text, '\n');
        char *place = xasprintf("%s:%d", file, number);
        if (end)
            *end = 0;
        text[strcspn(text, "\r")] = 0;
        take_line(r, text + strspn(text, " \t"), place);
        free(place);
        text = end ? end + 1 : NULL;
    }
}

/* false: there is no such file. */
static bool
read_one(struct reading *r, const char *file, const char *place)
{
    struct err err = {{0}};
    struct stat st;
    if (strcmp(file, "/dev/null") == 0 || r->bytes > MAX_BYTES)
        return true;
    int fd = path_open_plain(file, O_RDONLY, 0, &st, &err);
    if (fd < 0)
        return errno != ENOENT && errno != EACCES &&
               refuse(r, place, file, "it is not a plain file; name one");
    bool again = is_being_read(r, &st), deep = r->depth == MAX_DEPTH;
    struct buf text;
    buf_init(&text, MAX_FILE_BYTES);
    if (again)
        refuse(r, place, file, "it leads back to a file that is being read; take the line out");
    else if (deep)
        refuse(r, place, file, "more than 16 files include one another; include it further up");
    else if (!path_read_fd(fd, &text, &err))
        refuse(r, place, file, err.text);
    else if ((r->bytes += text.len) > MAX_BYTES)
        refuse(r, place, file, "more than 1 MiB is included; include less, or each file once");
    else {
        r->files[r->depth++] = st;
        take_lines(r, text.p, file);
        r->depth--;
    }
    close(fd);
    buf_finish(&text);
    return true;
}

void
inputrc_read(const struct inputrc_ops *ops)
{
    struct reading r = {.ops = ops};
    const char *named = getenv("INPUTRC");
    char *file = path_expand(named && *named ? named : "~/.inputrc");
    if (!read_one(&r, file, NULL) && !(named && *named))
        read_one(&r, "/etc/inputrc", NULL);
    free(file);
}
