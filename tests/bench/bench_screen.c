/* What the operator waits for, and what it costs: the real program in a pseudo-terminal against a server
 * on loopback, beside the yardstick (ncurses and libcurl, nothing else) and beside curl, in one run.
 * Nothing here fails for being slow. BENCH_QUICK=1: fewer samples. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client.h"
#include "figures.h"
#include "load.h"
#include "usage.h"
#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "screen/place.h"

enum { PATIENCE_S = 20, SETTLE_MS = 1500, IDLE_MS = 2000, RATE_GAP_US = 10000 };

struct subject {
    struct column column;
    char *argv[5];
};

struct bench {
    struct load *load;
    struct place *place;
    bool quick;
    char *messages_url, *completions_url;
};

static int
count(const struct bench *b, int usual)
{
    return b->quick ? (usual + 7) / 8 : usual;
}

static void
give_up(const struct subject *s, const char *what)
{
    fprintf(stderr, "%s: in vain waited for %s\n", s->column.title, what);
    exit(1);
}

static int64_t
patience(void)
{
    return clock_us() + PATIENCE_S * (int64_t)US_PER_S;
}

static void
let_pass(struct client *c, int ms)
{
    client_pump(&c, 1, NULL, NULL, clock_us() + ms * (int64_t)US_PER_MS);
}

static bool
wanted_came(void *arg)
{
    return ((const struct client *)arg)->scan.wanted_us != 0;
}

/* ---- what is waited for ---- */

struct sight {
    const struct client *client;
    int token;
};

static bool
both_lanes_show(void *arg)
{
    const struct sight *s = arg;
    for (int lane = 0; lane < LANES; lane++)
        if (!s->client->scan.seen_us[lane][s->token])
            return false;
    return true;
}

static void
wait_token(const struct subject *s, struct client *c, int token)
{
    struct sight sight = {c, token};
    if (!client_pump(&c, 1, both_lanes_show, &sight, patience()))
        give_up(s, "a token in both lanes");
}

static struct client *
start(const struct subject *s, const struct bench *b)
{
    struct client *c = client_start(CLIENT_TERMINAL, s->argv, place_environ(b->place));
    scan_want(&c->scan, '>');
    if (!client_pump(&c, 1, wanted_came, c, patience()))
        give_up(s, "its prompt");
    return c;
}

static void
say(struct bench *b, struct client *c, const struct load_plan *plan)
{
    scan_forget_markers(&c->scan);
    client_send(c, "halo");
    let_pass(c, 150);
    load_set(b->load, plan);
    client_send(c, "\r");
}

/* ---- scenarios ---- */

static void
press_keys(struct subject *s, struct client *c, enum figure f, int keys)
{
    enum { LINE_KEYS = 40 };
    for (int i = 0; i < keys; i++) {
        const char *key = i % 2 ? "^" : "@";
        scan_want(&c->scan, *key);
        int64_t at = clock_us();
        client_send(c, key);
        if (!client_pump(&c, 1, wanted_came, c, patience()))
            give_up(s, "a key's echo");
        figure_add(&s->column, f, (double)(c->scan.wanted_us - at) / US_PER_MS);
        let_pass(c, 30 + i * 7 % 50);
        if (i % LINE_KEYS == LINE_KEYS - 1) {
            client_send(c, "\025");
            let_pass(
                c,
                50); /* read together with the next key, both would be one frame without a change */
        }
    }
    client_send(c, "\025");
    let_pass(c, 50);
}

static void
measure_start(struct subject *s, struct bench *b)
{
    int n = count(b, 9);
    for (int i = 0; i < n; i++) {
        struct client *c = start(s, b);
        figure_add(&s->column, FIG_START, (double)(c->scan.wanted_us - c->started_us) / US_PER_MS);
        if (i < n - 3) {
            let_pass(c, 200);
        } else {
            struct usage before, after;
            let_pass(c, SETTLE_MS);
            usage_take(&before, c->pid);
            let_pass(c, IDLE_MS);
            usage_take(&after, c->pid);
            if (after.known) {
                figure_add(&s->column, FIG_RSS, after.rss_mb);
                figure_add(&s->column, FIG_IDLE_CPU, (after.cpu_s - before.cpu_s) / IDLE_MS * 1e5);
                figure_add(&s->column, FIG_IDLE_WAKES, (double)(after.sleeps - before.sleeps));
            }
        }
        client_stop(&c, NULL);
    }
}

/* The first turn of a session connects, and is not counted. */
static void
measure_turns(struct subject *s, struct bench *b, struct client *c)
{
    static const struct load_plan plan = {.tokens = 20, .first_us = 200000, .gap_us = 20000};
    int turns = count(b, 24);
    for (int i = 0; i <= turns; i++) {
        say(b, c, &plan);
        int64_t enter = clock_us();
        wait_token(s, c, plan.tokens - 1);
        for (int lane = 0; lane < LANES && i > 0; lane++) {
            figure_add(&s->column, FIG_FIRST,
                       (double)(c->scan.seen_us[lane][0] - load_written_us(b->load, lane, 0)) /
                           US_PER_MS);
            figure_add(&s->column, FIG_REQUEST,
                       (double)(load_request_us(b->load, lane) - enter) / US_PER_MS);
        }
        let_pass(c, 250);
    }
}

static void
measure_rate(struct subject *s, struct bench *b, struct client *c)
{
    int tokens = count(b, 800);
    struct load_plan plan = {.tokens = tokens, .first_us = 300000, .gap_us = RATE_GAP_US};
    struct usage before, after;
    say(b, c, &plan);
    wait_token(s, c, 0);
    usage_take(&before, c->pid);
    int64_t from = clock_us();
    long long bytes = c->bytes;
    wait_token(s, c, tokens - 1);
    usage_take(&after, c->pid);
    double took_us = (double)(clock_us() - from);
    double all = (double)LANES * tokens;
    if (after.known) {
        figure_add(&s->column, FIG_RATE_CPU, (after.cpu_s - before.cpu_s) / took_us * 1e8);
        figure_add(&s->column, FIG_RATE_WAKES, (double)(after.sleeps - before.sleeps) / all);
    }
    figure_add(&s->column, FIG_RATE_BYTES, (double)(c->bytes - bytes) / all);
    for (int lane = 0; lane < LANES; lane++)
        for (int i = 1; i < tokens; i++) {
            int64_t seen = c->scan.seen_us[lane][i], written = load_written_us(b->load, lane, i);
            if (seen && written)
                figure_add(&s->column, FIG_TOKEN, (double)(seen - written) / US_PER_MS);
        }
    let_pass(c, 300);
    /* and once more, with keys */
    int keys = count(b, 100);
    plan.tokens = keys * 8 + 200;
    say(b, c, &plan);
    wait_token(s, c, 0);
    let_pass(c, 500);
    press_keys(s, c, FIG_KEY_BUSY, keys);
    wait_token(s, c, plan.tokens - 1);
    let_pass(c, 300);
}

static double
wall_s(struct load *load, const struct scan *lane0, const struct scan *lane1)
{
    int64_t a = load_written_us(load, 0, 0), b = load_written_us(load, 1, 0);
    int64_t x = lane0->seen_us[0][MAX_TOKENS - 1], y = lane1->seen_us[1][MAX_TOKENS - 1];
    return (double)((x > y ? x : y) - (a < b ? a : b)) / US_PER_S;
}

static const struct load_plan flood = {.tokens = MAX_TOKENS, .first_us = 300000};

static void
measure_flood(struct subject *s, struct bench *b)
{
    for (int i = 0; i < count(b, 3); i++) {
        struct client *c = start(s, b);
        struct usage before, after;
        let_pass(c, SETTLE_MS);
        usage_take(&before, c->pid);
        say(b, c, &flood);
        wait_token(s, c, MAX_TOKENS - 1);
        figure_add(&s->column, FIG_FAST_WALL, wall_s(b->load, &c->scan, &c->scan));
        let_pass(c, 2000);
        usage_take(&after, c->pid);
        if (after.known) {
            figure_add(&s->column, FIG_FAST_CPU, after.cpu_s - before.cpu_s);
            figure_add(&s->column, FIG_FAST_RSS, after.rss_mb);
        }
        client_stop(&c, NULL);
    }
}

static void
measure_terminal(struct subject *s, struct bench *b)
{
    fprintf(stderr, "%s …\n", s->column.title);
    struct client *c = start(s, b); /* makes its files; not counted */
    let_pass(c, SETTLE_MS);
    client_stop(&c, NULL);
    measure_start(s, b);
    c = start(s, b);
    let_pass(c, SETTLE_MS);
    press_keys(s, c, FIG_KEY, count(b, 160));
    measure_turns(s, b, c);
    measure_rate(s, b, c);
    client_stop(&c, NULL);
    measure_flood(s, b);
}

/* ---- two curls into pipes: no screen, so only what the network costs ---- */

static bool
both_ended(void *arg)
{
    struct client **c = arg;
    return c[0]->fd < 0 && c[1]->fd < 0;
}

static void
run_curls(struct subject *s, struct bench *b, const struct load_plan *plan, double *cpu_s)
{
    char *urls[LANES] = {b->messages_url, b->completions_url};
    struct client *c[LANES];
    load_set(b->load, plan);
    for (int lane = 0; lane < LANES; lane++) {
        char *argv[] = {"curl", "-sN", "--noproxy", "*", "-d", "{}", urls[lane], NULL};
        c[lane] = client_start(CLIENT_PIPE, argv, place_environ(b->place));
    }
    if (!client_pump(c, LANES, both_ended, c, patience()))
        give_up(s, "the end of curl");
    if (!c[0]->bytes || !c[1]->bytes) {
        fprintf(stderr, "curl: no output; is it installed?\n");
    } else if (plan->gap_us == 0) {
        figure_add(&s->column, FIG_FAST_WALL, wall_s(b->load, &c[0]->scan, &c[1]->scan));
    } else {
        for (int lane = 0; lane < LANES; lane++)
            for (int i = 0; i < plan->tokens; i++)
                if (c[lane]->scan.seen_us[lane][i])
                    figure_add(&s->column, i ? FIG_TOKEN : FIG_FIRST,
                               (double)(c[lane]->scan.seen_us[lane][i] -
                                        load_written_us(b->load, lane, i)) /
                                   US_PER_MS);
    }
    for (int lane = 0; lane < LANES; lane++)
        client_stop(&c[lane], cpu_s);
}

static void
measure_curl(struct subject *s, struct bench *b)
{
    struct load_plan slow = {.tokens = count(b, 800), .first_us = 300000, .gap_us = RATE_GAP_US};
    double nothing = 0, cpu_s;
    fprintf(stderr, "%s …\n", s->column.title);
    for (int i = 0; i < count(b, 3); i++) {
        cpu_s = 0;
        run_curls(s, b, &flood, &cpu_s);
        figure_add(&s->column, FIG_FAST_CPU, cpu_s);
    }
    run_curls(s, b, &(struct load_plan){.tokens = 1}, &nothing); /* to start and to end */
    cpu_s = 0;
    run_curls(s, b, &slow, &cpu_s);
    figure_add(&s->column, FIG_RATE_CPU,
               (cpu_s > nothing ? cpu_s - nothing : 0) /
                   ((double)slow.tokens * RATE_GAP_US / US_PER_S) * 100);
}

int
main(void)
{
    struct bench b = {.load = load_start(), .place = place_create()};
    const char *yardstick = getenv("BENCH_YARDSTICK");
    b.quick = getenv("BENCH_QUICK") != NULL;
    char *base = xasprintf("http://127.0.0.1:%d", load_port(b.load));
    b.messages_url = xasprintf("%s/v1/messages", base);
    b.completions_url = xasprintf("%s/v1/chat/completions", base);
    char *llama_base = xasprintf("%s/v1", base);
    place_config(b.place, base, NULL, llama_base, NULL, NULL);
    struct subject subjects[] = {
        {{.title = "berdua"}, {xstrdup(program_path())}},
        {{.title = "ncurses/token"},
         {xstrdup(yardstick), xstrdup(b.messages_url), xstrdup(b.completions_url)}},
        {{.title = "ncurses/pass"},
         {xstrdup(yardstick), xstrdup("-p"), xstrdup(b.messages_url), xstrdup(b.completions_url)}},
        {{.title = "2 curl"}, {NULL}},
    };
    struct column columns[ARRAY_LEN(subjects)];
    size_t n = 0;
    for (size_t i = 0; i < ARRAY_LEN(subjects); i++) {
        if (i == ARRAY_LEN(subjects) - 1)
            measure_curl(&subjects[i], &b);
        else if (subjects[i].argv[0])
            measure_terminal(&subjects[i], &b);
        else
            continue;
        columns[n++] = subjects[i].column;
    }
    figures_print(columns, n);
    for (size_t i = 0; i < ARRAY_LEN(subjects); i++) {
        for (size_t k = 0; k < ARRAY_LEN(subjects[i].argv); k++)
            free(subjects[i].argv[k]);
        column_finish(&subjects[i].column);
    }
    free(b.messages_url);
    free(b.completions_url);
    free(llama_base);
    free(base);
    place_destroy(&b.place);
    load_stop(&b.load);
    return 0;
}
