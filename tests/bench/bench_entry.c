/* What a key costs while the entry holds one line of 1 MB: the real program in a pseudo-terminal, from the first byte
 * typed to the last byte of what it changed on the screen, beside the same key on a line of a few characters.
 * BENCH_QUICK=1: one sample of each. BENCH_SCRIPT=name: only that script. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client.h"
#include "usage.h"
#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "screen/place.h"

enum { LINE_BYTES = 1000000, SHORT_BYTES = 40, SAMPLES = 7, PATIENCE_MS = 20000, QUIET_MS = 60 };

static const struct script {
    const char *name, *unit;
} scripts[] = {
    {"ASCII", "kata-kata"},
    {"words", "satu kata "},
    {"Latin", "\u00e9\u00e8\u00fc"},
    {"Cyrillic", "\u043f\u0440\u0438"},
    {"Arabic", "\u0643\u062a\u0627"},
    {"CJK", "\u4e2d\u6587"},
    {"Thai", "\u0e17\u0e35\u0e48\u0e19"},
    {"marks", "e\u0301a\u0300\u0323"},
    {"ZWJ", "\U0001F468\u200D\U0001F469\u200D\U0001F467"},
    {"no base", "\u0301\u0300"},
};

/* One after the other, each from where the one before has left. */
enum source { KEY, PASTE, PASTE_HALF, UNMARKED };
static const struct step {
    const char *name; /* NULL: only to get there */
    enum source source;
    const char *key;
    bool again; /* can be repeated for more samples */
} steps[] = {
    {"paste of the line", PASTE, NULL, false},
    {"end: a character", KEY, "@", true},
    {"end: Backspace", KEY, "\177", true},
    {"end: Left", KEY, "\033[D", true},
    {"end: Right", KEY, "\033[C", true},
    {"end: Alt-b", KEY, "\033b", false},
    {NULL, KEY, "\005", false},
    {"end: Ctrl-a", KEY, "\001", false},
    {"start: a character", KEY, "@", true},
    {"start: Backspace", KEY, "\177", true},
    {"start: Right", KEY, "\033[C", true},
    {"start: Alt-f", KEY, "\033f", false},
    {NULL, KEY, "\001", false},
    {"start: Ctrl-e", KEY, "\005", false},
    {"end: Ctrl-u", KEY, "\025", false},
    {"undo of it", KEY, "\037", false},
    {NULL, KEY, "\001", false},
    {"start: Ctrl-k", KEY, "\013", false},
    {"paste of one half", PASTE_HALF, NULL, false},
    {NULL, KEY, "\001", false},
    {"paste of the other before it", PASTE_HALF, NULL, false},
    {"middle: a character", KEY, "@", true},
    {"middle: Backspace", KEY, "\177", true},
    {"middle: Left", KEY, "\033[D", true},
    {"middle: Right", KEY, "\033[C", true},
    {"middle: Ctrl-k", KEY, "\013", false},
    {"middle: Ctrl-y", KEY, "\031", false},
    {"Up to the history", KEY, "\033[A", false},
    {"Down to the line", KEY, "\033[B", false},
    {NULL, KEY, "\025", false},
    {"the line without paste marks", UNMARKED, NULL, false},
    {NULL, KEY, "\025", false},
};
enum { STEPS = ARRAY_LEN(steps) };

struct sight {
    const struct client *client;
    long long bytes;
};

static bool
has_written(void *arg)
{
    const struct sight *s = arg;
    return s->client->bytes > s->bytes;
}

/* Milliseconds from the first byte typed to the last byte written before the program was quiet, negative when nothing
 * came; and how long the program computed, which does not depend on what else runs. */
struct echo {
    double ms, cpu_ms;
};

static struct echo
type_and_wait(struct client *c, const struct buf *typed, int quiet_ms)
{
    struct usage before, after;
    usage_take(&before, c->pid);
    int64_t begin = clock_us(), last = 0;
    for (size_t at = 0; at < typed->len;) {
        ssize_t n = write(c->fd, typed->p + at, typed->len - at);
        at += n > 0 ? (size_t)n : 0;
        if (at < typed->len)
            client_pump(&c, 1, NULL, NULL, clock_us() + US_PER_MS / 4);
    }
    struct sight s = {c, c->bytes};
    int64_t until = clock_us() + PATIENCE_MS * (int64_t)US_PER_MS;
    while (client_pump(&c, 1, has_written, &s, until)) {
        last = clock_us();
        until = last + quiet_ms * (int64_t)US_PER_MS;
        s.bytes = c->bytes;
    }
    usage_take(&after, c->pid);
    return (struct echo){last ? (double)(last - begin) / US_PER_MS : -1,
                         (after.cpu_s - before.cpu_s) * 1000};
}

static void
fill(struct buf *b, const char *unit, size_t bytes)
{
    size_t end = b->len + bytes;
    while (b->len + strlen(unit) <= end)
        buf_append_str(b, unit);
}

static void
type(struct buf *b, const struct step *step, const char *unit, size_t bytes)
{
    bool marks = step->source == PASTE || step->source == PASTE_HALF;
    buf_clear(b);
    if (step->source == KEY) {
        buf_append_str(b, step->key);
        return;
    }
    if (marks)
        buf_append_str(b, "\033[200~");
    fill(b, unit, step->source == PASTE_HALF ? bytes / 2 : bytes);
    buf_append_str(b, marks ? "\033[201~" : "@");
}

static int
compare(const void *a, const void *b)
{
    const struct echo *x = a, *y = b;
    return (x->ms > y->ms) - (x->ms < y->ms);
}

static void
measure(struct place *place, const char *unit, size_t bytes, struct echo median[STEPS])
{
    char *argv[] = {(char *)(uintptr_t)program_path(), NULL};
    struct client *c = client_start(CLIENT_TERMINAL, argv, place_environ(place));
    struct buf typed;
    buf_init(&typed, 2 * LINE_BYTES);
    type_and_wait(c, &typed, 500);
    int samples = getenv("BENCH_QUICK") ? 1 : SAMPLES;
    for (size_t i = 0; i < STEPS; i++) {
        struct echo e[SAMPLES] = {{0}};
        int n = steps[i].again ? samples : 1;
        for (int k = 0; k < n; k++) {
            type(&typed, &steps[i], unit, bytes);
            e[k] = type_and_wait(c, &typed, steps[i].source == UNMARKED ? 2000 : QUIET_MS);
        }
        qsort(e, (size_t)n, sizeof *e, compare);
        median[i] = e[n / 2];
    }
    client_stop(&c, NULL);
    buf_finish(&typed);
}

int
main(void)
{
    struct place *place = place_create();
    const char *only = getenv("BENCH_SCRIPT");
    place_config(place, "http://127.0.0.1:9", NULL, "http://127.0.0.1:9/v1", NULL, NULL);
    place_write(place, "state/berdua/history", "before\n");
    static struct echo usual[STEPS], all[ARRAY_LEN(scripts)][STEPS];
    measure(place, scripts[1].unit, SHORT_BYTES, usual);
    printf("%-30s %7s %7s", "ms, of that computing", "short", "");
    for (size_t s = 0; s < ARRAY_LEN(scripts); s++)
        if (!only || strcmp(only, scripts[s].name) == 0) {
            measure(place, scripts[s].unit, LINE_BYTES, all[s]);
            printf(" | %7s %7s   x", scripts[s].name, "");
        }
    putchar('\n');
    for (size_t i = 0; i < STEPS; i++) {
        if (!steps[i].name)
            continue;
        printf("%-30s %7.2f %7.2f", steps[i].name, usual[i].ms, usual[i].cpu_ms);
        for (size_t s = 0; s < ARRAY_LEN(scripts); s++)
            if (!only || strcmp(only, scripts[s].name) == 0)
                printf(" | %7.1f %7.1f %3.0f", all[s][i].ms, all[s][i].cpu_ms,
                       all[s][i].ms / usual[i].ms);
        putchar('\n');
    }
    place_destroy(&place);
    return 0;
}
