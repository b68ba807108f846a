/* A connection to the team's server that never blocks for longer than it may: once its name is looked up (dial.h), no wait lasts
 * longer than the server may be silent. Once the stop descriptor can be read, a connection that is being made is given up, and
 * one that stands serves for a last second. A failure closes it. Owner: the team's thread or a command. Thread: its owner's. */
#ifndef BERDUA_TEAM_LINK_H
#define BERDUA_TEAM_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct address;
struct err;
struct link;

/* password NULL: libpq looks into the file that PGPASSFILE names. stop_fd -1: none. silent_ms: the server may be silent for so
 * long; a long answer may take longer. */
struct link *link_open(const struct address *address, const char *password, int stop_fd,
                       int silent_ms, struct err *err);
void link_close(struct link **l);

/* Rows of an answer; pointers live until each returns. NULL: no value, or no such column. */
struct row {
    const char *const *values; /* ROW_MOST */
    size_t count;
};
enum { ROW_MOST = 16 };
/* One statement; values NULL-terminated by count. each NULL: rows are of no interest; false from it stops the reading. */
bool link_run(struct link *l, const char *sql, const char *const *values, int count,
              bool (*each)(void *arg, const struct row *row), void *arg, struct err *err);
/* Several statements without values or rows. */
bool link_script(struct link *l, const char *sql, struct err *err);
/* The server answered, and said no by this SQLSTATE ("42P01": there is no such table); "": it did not answer. */
const char *link_said(const struct link *l);

/* Until somebody notifies, for so long at most. *notified; false: the connection is lost, or it is to stop. */
bool link_wait(struct link *l, int ms, bool *notified, struct err *err);

#endif
