/* While the operator's editor has the terminal, everything else goes on: calls, the context's grace, what is stored. */
#include "unit/unit.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/store/query.h"
#include "table.h"

/* An editor that says when it runs and what it was given, and waits to be told to end. */
static const char script[] = "cd \"$PLACE\"\n"
                             "cat \"$1\" > given\n"
                             "env > environment\n"
                             "ls -l /proc/$$/fd > descriptors 2>&1\n"
                             "touch editing\n"
                             "until test -e go; do sleep 0.02; done\n"
                             "printf 'tulisan\\ndari editor\\n' > \"$1\"\n";

static void
start_chat(struct table *t, const char *more)
{
    char *folder = place_path(t->place, ""), *file = place_path(t->place, "editor.sh");
    place_write(t->place, "editor.sh", script);
    place_config(t->place, standin_url(t->claude, ""), NULL, standin_url(t->llama, "/v1"), NULL,
                 more);
    char *visual = xasprintf("VISUAL=/bin/sh %s", file), *place = xasprintf("PLACE=%s", folder);
    place_setenv(t->place, visual);
    place_setenv(t->place, place);
    place_setenv(t->place, "ANTHROPIC_API_KEY=" CLAUDE_KEY);
    free(visual);
    free(place);
    free(folder);
    free(file);
    table_start(t, 30, 100);
}

static bool
is_there(const struct table *t, const char *name)
{
    char *path = place_path(t->place, name);
    bool is = access(path, F_OK) == 0;
    free(path);
    return is;
}

/* Does the store say that Claude's answer to the last message is complete? */
static bool
is_stored(const struct table *t, const char *unused)
{
    char *path = place_path(t->place, "data/berdua/berdua.db");
    struct err err = {{0}};
    (void)unused;
    struct store *q = access(path, F_OK) == 0 ? store_open(path, &err) : NULL;
    struct conversation *c = q ? query_latest(q, "anonymous", 0, &err) : NULL;
    const struct turn *last = c ? conversation_last(c) : NULL;
    bool is = last && last->answers[BRAIN_CLAUDE].status == STATUS_COMPLETE;
    conversation_destroy(&c);
    store_close(&q);
    free(path);
    return is;
}

static void
wait_for(const struct table *t, bool (*holds)(const struct table *t, const char *name),
         const char *name)
{
    int64_t until_us = clock_us() + (int64_t)patience_ms() * US_PER_MS;
    while (!holds(t, name)) {
        struct timespec pause = {.tv_nsec = 5 * 1000 * 1000};
        if (clock_us() > until_us)
            fail_msg("in vain waited for: %s", name);
        nanosleep(&pause, NULL);
    }
}

static bool
has_left(struct screen *s, void *arg)
{
    (void)arg;
    return !screen_mode(s, 1049) && !screen_mode(s, 2004);
}

static void
the_grace_ends_and_the_answer_is_stored_while_the_editor_is_open(void **state)
{
    struct table *t = *state;
    standin_rule(t->llama, "fault=hang_head");
    start_chat(t, "mode: context\ncontext: {grace_ms: 400}\n");
    screen_type(t->screen, "aku sedih banget hari ini\r\030\005");
    wait_for(t, is_there, "editing");
    if (!standin_wait_count(t->claude, 1, patience_ms()))
        fail_msg("Claude was not asked while the editor was open");
    wait_for(t, is_stored, "Claude's answer in the store");
    screen_expect_that(t->screen, has_left, NULL, "the terminal is the editor's");
    place_write(t->place, "go", "");
    screen_expect(t->screen, "> tulisan");
    screen_expect(t->screen, "  dari editor");
    assert_true(screen_mode(t->screen, 1049));
    screen_type(t->screen, "!");
    screen_expect(t->screen, "  dari editor!");
}

static void
the_editor_gets_no_socket_and_no_key(void **state)
{
    struct table *t = *state;
    standin_rule(t->claude, "fault=endless gap=5");
    standin_rule(t->llama, "fault=hang_head");
    start_chat(t, NULL);
    table_say(t, "halo");
    screen_expect(t->screen, "lagi lagi");
    screen_type(t->screen, "separuh\030\005");
    wait_for(t, is_there, "editing");
    static const char *const lines[] = {"! grep -q socket descriptors", "! grep -q sk- environment",
                                        "grep -q separuh given"};
    for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
        char *folder = place_path(t->place, "");
        char *command = xasprintf("cd %s && %s", folder, lines[i]);
        if (system(command) != 0)
            fail_msg("%s", command);
        free(command);
        free(folder);
    }
    place_write(t->place, "go", "");
    screen_expect(t->screen, "  dari editor");
}

static void
ended_while_the_editor_is_open_it_ends_the_editor_too(void **state)
{
    struct table *t = *state;
    start_chat(t, NULL);
    screen_type(t->screen, "halo\030\005");
    wait_for(t, is_there, "editing");
    kill(screen_pid(t->screen), SIGTERM);
    screen_assert_exit(t->screen, 128 + SIGTERM);
}

static void
what_the_editor_wrote_and_cannot_be_taken_is_kept(void **state)
{
    struct table *t = *state;
    start_chat(t, NULL);
    place_write(t->place, "editor.sh", "head -c 3000000 /dev/zero | tr '\\0' x > \"$1\"\n");
    screen_type(t->screen, "separuh\030\005");
    screen_expect(t->screen, "your text is kept in ");
    screen_expect(t->screen, "> separuh");
    assert_true(place_holds(t->place, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        AT_A_TABLE(what_the_editor_wrote_and_cannot_be_taken_is_kept),
        AT_A_TABLE(the_grace_ends_and_the_answer_is_stored_while_the_editor_is_open),
        AT_A_TABLE(the_editor_gets_no_socket_and_no_key),
        AT_A_TABLE(ended_while_the_editor_is_open_it_ends_the_editor_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
