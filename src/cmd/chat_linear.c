#include "chat_linear.h"

#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/core/loop.h"
#include "berdua/engine/runner.h"
#include "turn_print.h"

enum { MAX_LINE_BYTES = 1 << 20 };

struct linear {
    struct loop *loop;
    struct runner *runner;
    struct buf input;
    bool prompt; /* a terminal reads along */
    bool input_ended;
    bool interrupted;
    bool simulated;
    int code; /* of the last turn */
    char *failure;
};

static void next_line(struct linear *l);

static void
print_heading(const struct linear *l, const struct answer *a)
{
    char name[16];
    snprintf(name, sizeof name, "%s", brain_id_name(a->brain));
    for (char *p = name; *p; p++)
        *p = (char)toupper((unsigned char)*p);
    printf("\n%s%s", name, l->simulated || a->simulated ? " (SIMULATED)" : "");
    if (a->times.ttft_us >= 0)
        printf("  first token %.0f ms", (double)a->times.ttft_us / US_PER_MS);
    if (a->times.total_us >= 0)
        printf("  total %.2f s", (double)a->times.total_us / US_PER_S);
    if (a->retries)
        printf("  retries %d", a->retries);
    puts("");
}

static void
print_answer(const struct linear *l, const struct answer *a)
{
    print_heading(l, a);
    if (a->text.len) {
        print_text(stdout, a->text.p, a->text.len);
        if (a->text.p[a->text.len - 1] != '\n')
            puts("");
    }
    fflush(stdout);
    if (!answer_valid(a))
        print_answer_error(stderr, a);
}

static void
told(void *arg, const struct job *tell)
{
    struct linear *l = arg;
    switch (tell->tell) {
    case TELL_ANSWER:
        print_answer(l, tell->answer);
        break;
    case TELL_TURN_ENDED:
        l->code = turn_exit_code(tell->turn);
        next_line(l);
        break;
    case TELL_SAVED:
        printf("%s\n", tell->text);
        fflush(stdout);
        break;
    case TELL_NOTICE:
    case TELL_ERROR:
        fprintf(stderr, "berdua: %s\n", tell->text);
        break;
    default:
        break;
    }
}

static void
store_lost(void *arg, const char *why)
{
    struct linear *l = arg;
    if (!l->failure)
        l->failure = xstrdup(why);
    loop_stop(l->loop, EXIT_FAILED);
}

static bool
command(struct linear *l, const char *line, struct err *err)
{
    struct runner *r = l->runner;
    enum brain_id left = engine_side(runner_engine(r), true);
    enum verdict_kind left_better = left == BRAIN_LLAMA ? VERDICT_LLAMA : VERDICT_CLAUDE;
    enum verdict_kind right_better = left == BRAIN_LLAMA ? VERDICT_CLAUDE : VERDICT_LLAMA;
    if (strcmp(line, "/left") == 0)
        return runner_verdict(r, left_better, NULL, err);
    if (strcmp(line, "/right") == 0)
        return runner_verdict(r, right_better, NULL, err);
    if (strcmp(line, "/tie") == 0)
        return runner_verdict(r, VERDICT_TIE, NULL, err);
    if (strcmp(line, "/bad") == 0)
        return runner_verdict(r, VERDICT_BOTH_BAD, NULL, err);
    if (strcmp(line, "/undo") == 0)
        return runner_verdict(r, VERDICT_UNDO, NULL, err);
    if (strncmp(line, "/note ", 6) == 0)
        return runner_verdict(r, VERDICT_NOTE, line + 6, err);
    if (strcmp(line, "/regenerate") == 0)
        return runner_regenerate(r, BRAINS_BOTH, err);
    if (strcmp(line, "/quit") == 0) {
        l->input_ended = true;
        return true;
    }
    return err_set(err,
                   "unknown command %.60s; there are /left /right /tie /bad /undo /note "
                   "/regenerate /quit",
                   line);
}

static void
take_line(struct linear *l, char *line)
{
    struct err err = {0};
    bool ok = true;
    line[strcspn(line, "\r")] = 0;
    if (line[0] == '/' && line[1] == '/')
        ok = runner_submit(l->runner, line + 1, BRAINS_BOTH, &err);
    else if (line[0] == '/')
        ok = command(l, line, &err);
    else if (line[strspn(line, " \t")])
        ok = runner_submit(l->runner, line, BRAINS_BOTH, &err);
    if (!ok)
        fprintf(stderr, "berdua: %s\n", err.text);
}

/* Lines that are already here, one turn at a time. */
static void
next_line(struct linear *l)
{
    while (!engine_busy(runner_engine(l->runner))) {
        char *nl = memchr(l->input.p, '\n', l->input.len);
        if (!nl && !(l->input_ended && l->input.len))
            break;
        size_t n = nl ? (size_t)(nl - l->input.p) : l->input.len;
        char *line = xstrndup(l->input.p, n);
        buf_consume(&l->input, nl ? n + 1 : n);
        take_line(l, line);
        free(line);
    }
    if (l->prompt && !l->input_ended && !engine_busy(runner_engine(l->runner))) {
        fputs("> ", stdout);
        fflush(stdout);
    }
}

static void
readable(void *arg)
{
    struct linear *l = arg;
    char chunk[4096];
    ssize_t n = read(STDIN_FILENO, chunk, sizeof chunk);
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (n <= 0) {
        l->input_ended = true;
        loop_remove_fd(l->loop, STDIN_FILENO);
    } else if (!buf_append(&l->input, chunk, (size_t)n)) {
        fprintf(stderr, "berdua: the line is longer than %d bytes\n", MAX_LINE_BYTES);
        buf_clear(&l->input);
    }
    next_line(l);
}

static int64_t
before_wait(void *arg)
{
    struct linear *l = arg;
    if (l->input_ended && !l->input.len && runner_quiet(l->runner))
        loop_stop(l->loop, l->interrupted ? EXIT_INTERRUPTED : EXIT_DONE);
    return NEVER_US;
}

static void
interrupted(int signo, void *arg)
{
    struct linear *l = arg;
    bool busy = engine_busy(runner_engine(l->runner));
    runner_cancel(l->runner);
    if (signo != SIGINT || !busy) {
        l->interrupted = true;
        l->input_ended = true;
        buf_clear(&l->input);
    }
}

static int
run(struct linear *l, const struct config *config, const char *record_dir,
    struct conversation *take_c, const char *only_message)
{
    struct err err = {0};
    int code = EXIT_FAILED;
    uint64_t seed;
    random_fill(&seed, sizeof seed);
    buf_init(&l->input, MAX_LINE_BYTES);
    l->loop = loop_create(&err);
    if (!l->loop)
        goto out;
    struct runner_opts opts = {.config = config,
                               .loop = l->loop,
                               .user = config->user,
                               .record_dir = record_dir,
                               .seed = seed,
                               .told = told,
                               .store_lost = store_lost,
                               .arg = l};
    l->runner = runner_create(&opts, &err);
    if (!l->runner || !loop_add_signal(l->loop, SIGINT, interrupted, l, &err) ||
        !loop_add_signal(l->loop, SIGTERM, interrupted, l, &err))
        goto out;
    if (take_c)
        runner_take_conversation(l->runner, take_c, NULL);
    take_c = NULL;
    loop_set_before_wait(l->loop, before_wait, l);
    if (only_message) {
        l->input_ended = true;
        if (!runner_submit(l->runner, only_message, BRAINS_BOTH, &err))
            goto out;
    } else {
        loop_add_fd(l->loop, STDIN_FILENO, readable, l);
        next_line(l);
    }
    code = loop_run(l->loop);
out:
    runner_destroy(&l->runner);
    loop_destroy(&l->loop);
    conversation_destroy(&take_c);
    buf_finish(&l->input);
    if (l->failure)
        err_set(&err, "%s", l->failure);
    if (err.text[0])
        fprintf(stderr, "berdua: %s\n", err.text);
    free(l->failure);
    return code;
}

int
linear_chat(const struct config *config, const struct globals *g, const char *record_dir,
            struct conversation *c)
{
    struct linear l = {.prompt = !g->quiet && isatty(STDIN_FILENO)};
    return run(&l, config, record_dir, c, NULL);
}

int
linear_demo(const struct config *config, const struct globals *g)
{
    static const char message[] = "Kak, aku malu bertanya tentang visa…";
    struct linear l = {.simulated = true};
    (void)g;
    printf("berdua demo, SIMULATED: recorded answers, no network, no key\n\n> %s\n", message);
    return run(&l, config, NULL, NULL, message);
}
