#include "berdua/base/log.h"

#include "berdua/base/clock.h"
#include "berdua/base/path.h"

#include <fcntl.h>
#include <stdarg.h>
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
    line[len++] = '\n';
    ssize_t ignored = write(sink, line, len);
    (void)ignored;
}
