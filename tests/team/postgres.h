/* A real PostgreSQL in a folder of its own, on loopback, that a test starts, kills, stops, starts again and asks. */
#ifndef TESTS_TEAM_POSTGRES_H
#define TESTS_TEAM_POSTGRES_H

#include "unit/unit.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "team/link.h"
#include "team/team_address.h"

struct postgres {
    char folder[64];
    int port;
};

static inline int
free_port(void)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof a;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&a, sizeof a), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&a, &len), 0);
    close(fd);
    return ntohs(a.sin_port);
}

/* A line of shell in which $bin, $data and $port stand for what they say and `as` runs as an ordinary user; its exit code. */
static inline int
pg_shell(const struct postgres *p, const char *line)
{
    char *command = xasprintf(
        "bin=$TEAM_PG_BIN data=%s/data port=%d; export LD_LIBRARY_PATH=$TEAM_PG_LIBRARIES;"
        "as() { if [ $(id -u) = 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups --"
        " \"$@\"; else \"$@\"; fi; }; %s",
        p->folder, p->port, line);
    int code = system(command);
    free(command);
    return code;
}

static inline void
pg_must(const struct postgres *p, const char *line)
{
    if (pg_shell(p, line) != 0) {
        pg_shell(p, "tail -n 20 $data.log");
        fail_msg("failed: %s", line);
    }
}

static inline void
pg_start(const struct postgres *p)
{
    pg_must(p, "as $bin/pg_ctl -D $data -l $data.log -w -t 60 start >/dev/null");
}

static inline struct postgres
pg_create(void)
{
    struct postgres p = {"/tmp/berdua-team-XXXXXX", free_port()};
    assert_non_null(mkdtemp(p.folder));
    pg_must(&p, "[ $(id -u) != 0 ] || chown 65534:65534 $(dirname $data)");
    pg_must(&p,
            "as $bin/initdb -D $data -A trust -U berdua -N --no-locale -E UTF8 >$data.log 2>&1");
    pg_must(&p, "as sh -c \"echo \\\"port = $port\nlisten_addresses = '127.0.0.1'\n"
                "unix_socket_directories = ''\nfsync = off\nmax_connections = 60\n"
                "shared_buffers = 16MB\\\" >>$data/postgresql.conf\"");
    pg_start(&p);
    return p;
}

/* kill -9 of the server, which ends its children. */
static inline void
pg_kill(const struct postgres *p)
{
    pg_must(
        p,
        "pid=$(head -n 1 $data/postmaster.pid); all=\"$pid $(pgrep -P $pid)\";"
        " kill -9 $pid; for i in $all; do while kill -0 $i 2>/dev/null; do sleep .02; done; done");
}

/* Stopped, it keeps its connections and answers nothing. */
static inline void
pg_freeze(const struct postgres *p)
{
    pg_must(p, "pid=$(head -n 1 $data/postmaster.pid); kill -STOP $pid; for i in $(pgrep -P $pid); "
               "do kill -STOP $i 2>/dev/null; done; true");
}

static inline void
pg_thaw(const struct postgres *p)
{
    pg_must(p, "pid=$(head -n 1 $data/postmaster.pid); for i in $pid $(pgrep -P $pid); do kill "
               "-CONT $i 2>/dev/null; done; true");
}

static inline void
pg_restart(const struct postgres *p)
{
    pg_must(p, "as $bin/pg_ctl -D $data -l $data.log -m fast -w -t 60 restart >/dev/null");
}

static inline void
pg_destroy(const struct postgres *p)
{
    if (p->folder[0]) /* else it was never made */
        pg_shell(p, "as $bin/pg_ctl -D $data -m immediate -w stop >/dev/null 2>&1;"
                    " cd /tmp && rm -rf $data $data.log && rmdir $(dirname $data)");
}

/* ---- the one of a test program ---- */

static struct postgres server;

static inline int
start_server(void **state)
{
    (void)state;
    server = pg_create();
    return 0;
}

static inline int
end_server(void **state)
{
    (void)state;
    pg_destroy(&server);
    return 0;
}

/* The port: the server's, or of a proxy before it. */
static inline char *
url_at(int port)
{
    return xasprintf("postgresql://berdua@127.0.0.1:%d/postgres", port);
}

static inline bool
take_line(void *arg, const struct row *row)
{
    for (size_t i = 0; i < row->count; i++)
        buf_printf(arg, "%s%s", i ? " " : "", row->values[i] ? row->values[i] : "-");
    buf_append_char(arg, '\n');
    return true;
}

static inline struct link *
link_to_server(void)
{
    char *url = url_at(server.port);
    struct address a;
    struct err err = {{0}};
    struct link *l =
        address_read(url, NULL, &a, &err) ? link_open(&a, NULL, -1, 60000, &err) : NULL;
    if (!l)
        fail_msg("%s", err.text);
    free(url);
    return l;
}

/* The rows that it answers with, a line each; a new string. */
static inline char *
ask_server(const char *sql)
{
    struct err err = {{0}};
    struct buf out;
    struct link *l = link_to_server();
    buf_init(&out, 64 << 20);
    if (!link_run(l, sql, NULL, 0, take_line, &out, &err))
        fail_msg("%s", err.text);
    link_close(&l);
    return buf_take(&out);
}

static inline int64_t
count_on_server(const char *sql)
{
    char *text = ask_server(sql);
    int64_t n = strtoll(text, NULL, 10);
    free(text);
    return n;
}

#endif
