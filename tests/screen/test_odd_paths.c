/* Every key that names a file: what cannot be read as one is refused with its name, and nothing waits for it. */
#include "unit/unit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "berdua/base/mem.h"
#include "conf/options.h"
#include "contract.h"
#include "table.h"

#define NOBODY "http://127.0.0.1:1/v1"
#define TEAM   "team: {url: \"postgresql://u@127.0.0.1:1/d\", "
#define LLAMA  "brains: {llama: {provider: openai, base_url: \"https://127.0.0.1:1/v1\", "

/* Which command reads the file, and what else has to be set for it; %s is the file. */
static const struct reader {
    const char *key, *config;
    const char *args[5];
} readers[] = {
    {"brains.*.api_key.file", LLAMA "api_key: {file: %s}}}", {"ask", "--brain", "llama", "halo"}},
    {"brains.*.ca_file", LLAMA "ca_file: %s}}", {"ask", "--brain", "llama", "halo"}},
    {"brains.*.cassettes",
     "brains: {llama: {provider: playback, cassettes: %s}}",
     {"ask", "--brain", "llama", "halo"}},
    {"team.ca_file", TEAM "ca_file: %s}", {"team", "push"}},
    {"team.password.file", TEAM "password: {file: %s}}", {"team", "push"}},
    {"knowledge.chroma.api_key.file",
     "knowledge: {chroma: {url: \"" NOBODY "\", api_key: {file: %s}}, embeddings: {base_url: "
     "\"" NOBODY "\", model: m}}",
     {"knowledge", "sync"}},
    {"knowledge.embeddings.api_key.file",
     "brains: {claude: {provider: playback}, llama: {provider: playback}}\n"
     "knowledge: {chroma: {url: \"" NOBODY "\"}, embeddings: {base_url: \"" NOBODY
     "\", model: m, api_key: {file: %s}}}",
     {"doctor"}},
};

static const struct reader *
find_reader(const char *key)
{
    for (size_t i = 0; i < ARRAY_LEN(readers); i++)
        if (strcmp(readers[i].key, key) == 0)
            return &readers[i];
    fail_msg("%s: say in this test which command reads it", key);
    return NULL;
}

static void
try_file(struct table *t, const struct reader *reader, const char *file)
{
    struct cli_result r;
    /* NOLINTNEXTLINE(*-format-nonliteral) */
    char *lines = xasprintf(reader->config, file);
    char *text = xasprintf("breaker: {failures: 100}\n%s\n", lines);
    place_write(t->place, "config/berdua/config.yaml", text);
    cli_run(&r, t->place, reader->args, NULL);
    if (r.late || r.signal || r.code == 0 || (!holds(&r.err, file) && !holds(&r.out, file))) {
        cli_show(&r);
        fail_msg("%s: %s", reader->key, file);
    }
    cli_finish(&r);
    free(lines);
    free(text);
}

static void
a_key_that_names_a_file_refuses_what_is_none(void **state)
{
    struct table *t = *state;
    char *odd[] = {place_path(t->place, "fifo"),
                   place_path(t->place, "folder/"),
                   place_path(t->place, "missing"),
                   place_path(t->place, "loop"),
                   place_path(t->place, "huge"),
                   xstrdup("/dev/zero"),
                   xstrdup("/dev/tty")};
    enum { FOLDER = 1 };
    int fd = open(odd[4], O_CREAT | O_WRONLY, 0600);
    assert_int_equal(mkfifo(odd[0], 0600), 0);
    assert_int_equal(mkdir(odd[FOLDER], 0700), 0);
    assert_int_equal(symlink(odd[3], odd[3]), 0);
    assert_true(fd >= 0 && ftruncate(fd, (off_t)1 << 30) == 0);
    close(fd);
    for (const struct option *o = option_table; o->key; o++) {
        if (o->type != OPT_PATH)
            continue;
        const struct reader *reader = find_reader(o->key);
        for (size_t i = 0; i < ARRAY_LEN(odd); i++)
            if (i != FOLDER || strcmp(o->key, "brains.*.cassettes") != 0)
                try_file(t, reader, odd[i]);
    }
    for (size_t i = 0; i < ARRAY_LEN(odd); i++)
        free(odd[i]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(a_key_that_names_a_file_refuses_what_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
