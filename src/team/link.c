#include "link.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "team_address.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "dial.h"
#include "libpq.h"

/* What is under way when the program ends is done within LAST_MS, or the next time. */
enum { CONNECT_MS = 10000, LAST_MS = 1000 };

struct link {
    PGconn *conn; /* NULL: lost */
    int stop_fd;  /* -1: none, or it is to stop */
    int silent_ms;
    int last_ms;    /* of use for so long once it is to stop: LAST_MS as soon as it is connected */
    int64_t end_us; /* when that is over; NEVER_US until it is to stop */
    char said[6];
};

static void
pass_over_notice(void *arg, const char *text)
{
    (void)arg, (void)text;
}

/* libpq's message: its first line, and nothing that a terminal would obey. */
static bool
say(struct err *err, const char *what, const char *message)
{
    char line[300];
    size_t n = 0;
    for (const char *p = message; *p && *p != '\n' && n + 1 < sizeof line; p++)
        line[n++] = (unsigned char)*p < ' ' || *p == 127 ? ' ' : *p;
    line[n] = 0;
    return err_set(err, "team: %s%s%s", what, n ? ": " : "", line);
}

static bool
lose(struct link *l, const char *what, struct err *err)
{
    if (l->conn) {
        say(err, what, pq.errorMessage(l->conn));
        pq.finish(l->conn);
        l->conn = NULL;
    }
    return false;
}

static int64_t
deadline_after(int ms)
{
    return clock_us() + ms * (int64_t)US_PER_MS;
}

/* Waits once for the connection's socket; true: it is ready. Notices that the link is to stop. */
static bool
poll_socket(struct link *l, short events, int64_t ms)
{
    struct pollfd p[2] = {{.fd = pq.socket(l->conn), .events = events},
                          {.fd = l->stop_fd, .events = POLLIN}};
    poll(p, 2, ms > 0 ? (int)ms : 0);
    if (p[1].revents) {
        l->stop_fd = -1;
        l->end_us = deadline_after(l->last_ms);
    }
    return p[0].revents != 0;
}

/* false: the time is over; the reason is set. */
static bool
wait_for_socket(struct link *l, short events, int64_t deadline_us, struct err *err)
{
    for (;;) {
        int64_t until_us = deadline_us < l->end_us ? deadline_us : l->end_us;
        int64_t left_us = until_us - clock_us();
        if (poll_socket(l, events, left_us / US_PER_MS + 1))
            return true;
        if (left_us <= 0)
            return err_set(err, "team: the %s",
                           l->end_us == NEVER_US ? "server does not answer" : "program ends");
    }
}

static bool
finish_connecting(struct link *l, struct err *err)
{
    int64_t deadline_us = deadline_after(l->silent_ms < CONNECT_MS ? l->silent_ms : CONNECT_MS);
    PostgresPollingStatusType state = PGRES_POLLING_WRITING;
    while (state != PGRES_POLLING_OK) {
        if (state == PGRES_POLLING_FAILED || pq.socket(l->conn) < 0)
            return lose(l, "not connected", err);
        if (!wait_for_socket(l, state == PGRES_POLLING_READING ? POLLIN : POLLOUT, deadline_us,
                             err))
            return false;
        state = pq.connectPoll(l->conn);
    }
    pq.setNoticeProcessor(l->conn, pass_over_notice, NULL);
    l->last_ms = LAST_MS;
    return pq.setnonblocking(l->conn, 1) == 0 || lose(l, "not connected", err);
}

/* Where Debian, Fedora and macOS keep the authorities that the system trusts. */
static const char *
system_authorities(void)
{
    static const char *const places[] = {"/etc/ssl/certs/ca-certificates.crt",
                                         "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"};
    for (size_t i = 0; i < ARRAY_LEN(places); i++)
        if (access(places[i], R_OK) == 0)
            return places[i];
    return NULL;
}

struct link *
link_open(const struct address *a, const char *password, int stop_fd, int silent_ms,
          struct err *err)
{
    struct err why = {0};
    if (a->ca_file && !path_check_plain(a->ca_file, PATH_CERTIFICATES_BYTES, &why)) {
        err_set(err, "the certificates that team.ca_file names cannot be read: %s", why.text);
        return NULL;
    }
    const char *ca = a->ca_file ? a->ca_file : a->local ? NULL : system_authorities();
    struct dial_option options[8] = {{"dbname", a->url},
                                     {"client_encoding", "UTF8"},
                                     {"application_name", "berdua"},
                                     {"keepalives_idle", "20"},
                                     {"tcp_user_timeout", "20000"}};
    size_t n = 5;
    if (password)
        options[n++] = (struct dial_option){"password", password};
    if (!a->local)
        options[n++] = (struct dial_option){"sslmode", "verify-full"};
    if (ca)
        options[n++] = (struct dial_option){"sslrootcert", ca};
    struct link *l = xcalloc(1, sizeof *l);
    l->stop_fd = stop_fd;
    l->silent_ms = silent_ms;
    l->end_us = NEVER_US;
    l->conn = dial(options, n, stop_fd, err);
    if (!l->conn || !finish_connecting(l, err))
        link_close(&l);
    return l;
}

void
link_close(struct link **lp)
{
    struct link *l = *lp;
    *lp = NULL;
    if (l && l->conn)
        pq.finish(l->conn);
    free(l);
}

const char *
link_said(const struct link *l)
{
    return l->said;
}

/* ---- statements ---- */

static bool
send_all(struct link *l, struct err *err)
{
    int more;
    while ((more = pq.flush(l->conn)) > 0) {
        /* What the server says meanwhile must be read, or neither goes on. */
        if (!wait_for_socket(l, POLLIN | POLLOUT, deadline_after(l->silent_ms), err))
            return false;
        if (!pq.consumeInput(l->conn))
            return lose(l, "the connection is lost", err);
    }
    return more == 0 || lose(l, "the connection is lost", err);
}

/* The next result; NULL with true: there are no more. */
static bool
next_result(struct link *l, PGresult **out, struct err *err)
{
    while (pq.isBusy(l->conn)) {
        if (!wait_for_socket(l, POLLIN, deadline_after(l->silent_ms), err))
            return false;
        if (!pq.consumeInput(l->conn))
            return lose(l, "the connection is lost", err);
    }
    *out = pq.getResult(l->conn);
    return true;
}

static bool
read_rows(PGresult *r, bool (*each)(void *arg, const struct row *row), void *arg)
{
    const char *values[ROW_MOST] = {NULL};
    int columns = pq.nfields(r);
    for (int i = 0; i < pq.ntuples(r); i++) {
        for (int c = 0; c < columns && c < ROW_MOST; c++)
            values[c] = pq.getisnull(r, i, c) ? NULL : pq.getvalue(r, i, c);
        if (!each(arg, &(struct row){values, (size_t)columns}))
            return false;
    }
    return true;
}

static bool
refused(struct link *l, PGresult *r, struct err *err)
{
    const char *state = pq.resultErrorField(r, PG_DIAG_SQLSTATE);
    if (state)
        memcpy(l->said, state, strnlen(state, sizeof l->said - 1));
    return say(err, "the server says", pq.resultErrorMessage(r));
}

static bool
read_answer(struct link *l, bool (*each)(void *arg, const struct row *row), void *arg,
            struct err *err)
{
    bool wanted = each != NULL, fine = true;
    PGresult *r = NULL;
    if (!send_all(l, err))
        return false;
    while (next_result(l, &r, err)) {
        if (!r)
            return fine;
        ExecStatusType status = pq.resultStatus(r);
        if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK && fine)
            fine = refused(l, r, err);
        if (wanted && status == PGRES_TUPLES_OK)
            wanted = read_rows(r, each, arg);
        pq.clear(r);
    }
    return false;
}

bool
link_run(struct link *l, const char *sql, const char *const *values, int count,
         bool (*each)(void *arg, const struct row *row), void *arg, struct err *err)
{
    memset(l->said, 0, sizeof l->said);
    if (!l->conn)
        return err_set(err, "team: the connection is lost");
    if (!pq.sendQueryParams(l->conn, sql, count, NULL, values, NULL, NULL, 0))
        return lose(l, "the connection is lost", err);
    return read_answer(l, each, arg, err);
}

bool
link_script(struct link *l, const char *sql, struct err *err)
{
    memset(l->said, 0, sizeof l->said);
    if (!l->conn || !pq.sendQuery(l->conn, sql))
        return lose(l, "the connection is lost", err);
    return read_answer(l, NULL, NULL, err);
}

static void
take_notifications(struct link *l, bool *notified)
{
    PGnotify *n;
    while ((n = pq.notifies(l->conn)) != NULL) {
        *notified = true;
        pq.freemem(n);
    }
}

bool
link_wait(struct link *l, int ms, bool *notified, struct err *err)
{
    *notified = false;
    if (!l->conn)
        return err_set(err, "team: the connection is lost");
    take_notifications(l, notified);
    if (!*notified && poll_socket(l, POLLIN, ms)) {
        if (!pq.consumeInput(l->conn))
            return lose(l, "the connection is lost", err);
        take_notifications(l, notified);
    }
    return l->end_us == NEVER_US || err_set(err, "team: the program ends");
}
