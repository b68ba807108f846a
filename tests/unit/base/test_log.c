/* Lines of the log may hold what others wrote: a terminal and the log file get them harmless, a pipe the exact bytes. */
#include "unit/unit.h"
#include "unit/scratch.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/log.h"

#define HOSTILE "\033]0;x\007\302\233\342\200\256\363\240\201\201jahat\nberdua: palsu"

static void
read_some(int fd, char *out, size_t size)
{
    size_t n = 0;
    ssize_t got;
    while (n < size - 1 && (got = read(fd, out + n, size - 1 - n)) > 0) {
        n += (size_t)got;
        if (memchr(out, '\n', n))
            break;
    }
    out[n] = 0;
}

/* What a line becomes where stderr is this. */
static void
log_to(int to, int from, char *out, size_t size)
{
    int kept = dup(STDERR_FILENO);
    log_open(NULL, LOG_WARN);
    dup2(to, STDERR_FILENO);
    log_msg(LOG_WARN, "%s", HOSTILE);
    dup2(kept, STDERR_FILENO);
    close(kept);
    read_some(from, out, size);
}

static void
assert_harmless(const char *line)
{
    assert_non_null(strstr(line, "jahat berdua: palsu"));
    assert_null(strchr(line, '\033'));
    assert_null(strchr(line, '\007'));
    assert_null(strstr(line, "\302\233"));
    assert_null(strstr(line, "\342\200\256"));
    assert_null(strstr(line, "\363\240\201\201"));
}

static void
a_terminal_gets_a_harmless_line(void **state)
{
    char line[512];
    (void)state;
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
    int slave = open(ptsname(master), O_RDWR | O_NOCTTY);
    assert_true(slave >= 0);
    log_to(slave, master, line, sizeof line);
    assert_harmless(line);
    close(slave);
    close(master);
}

static void
a_pipe_gets_the_exact_bytes(void **state)
{
    char line[512];
    int ends[2];
    (void)state;
    assert_int_equal(pipe(ends), 0);
    log_to(ends[1], ends[0], line, sizeof line);
    assert_string_equal(line, "berdua: " HOSTILE "\n");
    close(ends[0]);
    close(ends[1]);
}

static void
the_log_file_is_harmless_to_show(void **state)
{
    char name[SCRATCH_BYTES], line[512];
    (void)state;
    int fd = scratch_file(name);
    assert_true(fd >= 0);
    log_open(name, LOG_WARN);
    log_msg(LOG_WARN, "%s", HOSTILE);
    log_close();
    read_some(fd, line, sizeof line);
    assert_harmless(line);
    close(fd);
    unlink(name);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_terminal_gets_a_harmless_line),
        cmocka_unit_test(a_pipe_gets_the_exact_bytes),
        cmocka_unit_test(the_log_file_is_harmless_to_show),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
