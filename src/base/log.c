#include "berdua/base/log.h"

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/path.h"
#include "berdua/base/safe.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* Set by log_open before threads start; a line is one write(), so threads need no lock. */
static int sink = STDERR_FILENO;
static enum log_level limit = LOG_WARN;

void
log_open(const char *file, enum log_level most)
{
    limit = most;
    if (file) {
        int fd = path_open_plain(file, O_WRONLY | O_CREAT | O_APPEND, 0600, NULL, NULL);
        sink = fd; /* -1: nowhere; a log that cannot be opened must not disturb the screen */
    }
}

void
log_close(void)
{
    if (sink > STDERR_FILENO)
        close(sink);
    sink = STDERR_FILENO;
}

/* What others wrote may stand in it, and whoever reads the log does so on a terminal; only a pipe gets the exact bytes. */
static void
put_line(const char *line, size_t len)
{
    struct buf safe;
    buf_init(&safe, SIZE_MAX);
    if (sink == STDERR_FILENO && !isatty(sink))
        buf_append(&safe, line, len);
    else
        safe_text(&safe, line, len, true);
    buf_append_char(&safe, '\n');
    ssize_t ignored = write(sink, safe.p, safe.len);
    (void)ignored;
    buf_finish(&safe);
}

void
log_msg(enum log_level level, const char *fmt, ...)
{
    static const char *const names[] = {"error", "warning", "info", "debug"};
    char line[1024];
    int n = 0;
    if (level > limit || sink < 0)
        return;
    if (sink == STDERR_FILENO) {
        n = snprintf(line, sizeof line, "berdua: ");
    } else {
        int64_t us = clock_wall_us();
        time_t s = (time_t)(us / US_PER_S);
        struct tm tm;
        gmtime_r(&s, &tm);
        n = (int)strftime(line, sizeof line, "%Y-%m-%dT%H:%M:%S", &tm);
        n += snprintf(line + n, sizeof line - (size_t)n, ".%03dZ %s ",
                      (int)(us % US_PER_S / US_PER_MS), names[level]);
    }
    va_list ap;
    va_start(ap, fmt);
    int m = vsnprintf(line + n, sizeof line - (size_t)n - 1, fmt, ap);
    va_end(ap);
    size_t len = (size_t)n + (m > 0 ? (size_t)m : 0);
    if (len > sizeof line - 2)
        len = sizeof line - 2;
    put_line(line, len);
}
