/* A team's server beyond this machine is reached by TLS alone, and only if an authority that is trusted vouches for its name. */
#include "unit/unit.h"

#include <string.h>

#include "team/postgres.h"

/* Two authorities; the first vouches for team.test. */
static void
make_certificates(void)
{
    pg_must(
        &server,
        "cd $data && for ca in ours other; do openssl req -x509"
        " -newkey rsa:2048 -nodes -days 2 -subj /CN=$ca -keyout $ca.key -out $ca.pem 2>/dev/null"
        " || exit 1; done; echo subjectAltName=DNS:team.test >names;"
        " openssl req -newkey rsa:2048 -nodes -subj /CN=team.test -keyout server.key"
        " -out server.csr 2>/dev/null &&"
        " openssl x509 -req -in server.csr -CA ours.pem -CAkey ours.key -CAcreateserial -days 2"
        " -extfile names -out server.pem 2>/dev/null && chmod 600 server.key &&"
        " { [ $(id -u) != 0 ] || chown 65534:65534 server.key server.pem; }");
}

/* As for a server elsewhere, at which the name is looked up here. */
static bool
reach(const char *name, const char *authority, struct err *err)
{
    char *url =
        xasprintf("postgresql://berdua@%s:%d/postgres?hostaddr=127.0.0.1", name, server.port);
    char *ca = xasprintf("%s/data/%s.pem", server.folder, authority);
    struct address a = {.url = url, .ca_file = ca, .local = false};
    struct link *l = link_open(&a, NULL, -1, 60000, err);
    bool reached = l && link_run(l, "SELECT 1", NULL, 0, NULL, NULL, err);
    link_close(&l);
    free(url);
    free(ca);
    return reached;
}

static void
refused(const char *name, const char *authority, const char *why)
{
    struct err err = {{0}};
    assert_false(reach(name, authority, &err));
    if (!strstr(err.text, why))
        fail_msg("\"%s\" does not hold \"%s\"", err.text, why);
}

static void
only_the_named_server_of_a_trusted_authority_is_spoken_to(void **state)
{
    struct err err = {{0}};
    (void)state;
    make_certificates();
    refused("team.test", "ours", "does not support SSL");
    pg_must(&server, "as sh -c \"echo \\\"ssl = on\nssl_cert_file = '$data/server.pem'\n"
                     "ssl_key_file = '$data/server.key'\\\" >>$data/postgresql.conf\"");
    pg_restart(&server);
    if (!reach("team.test", "ours", &err))
        fail_msg("%s", err.text);
    refused("team.test", "other", "certificate verify failed");
    refused("elsewhere.test", "ours", "does not match host name");
}

static int
start_at_home(void **state)
{
    struct address read; /* that loads libpq */
    struct err err = {{0}};
    start_server(state);
    setenv("HOME", server.folder, 1); /* whose certificates libpq would look at */
    return address_read("postgresql://127.0.0.1/postgres", NULL, &read, &err) ? 0 : -1;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_named_server_of_a_trusted_authority_is_spoken_to),
    };
    return cmocka_run_group_tests(tests, start_at_home, end_server);
}
