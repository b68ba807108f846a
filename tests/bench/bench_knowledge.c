/* The built-in look-up among 10,000 insights: every word of the shipped ones, shuffled, so that each word of
 * a message is found in hundreds of entries; and among the same entry ten thousand times over. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/base/random.h"
#include "berdua/conf/conf.h"
#include "berdua/conf/config.h"
#include "berdua/knowledge/knowledge.h"
#include "knowledge/insight.h"

enum { ENTRIES = 10000, WORDS = 90, TAGS = 20, ROUNDS = 40, MAX_WORDS = 8192, LONG_BYTES = 4096 };

struct vocabulary {
    char *words[MAX_WORDS];
    size_t count;
};

static _Noreturn void
die(const struct err *err)
{
    fprintf(stderr, "bench_knowledge: %s\n", err->text);
    exit(1);
}

static bool
learn(void *arg, const struct insight *i)
{
    struct vocabulary *v = arg;
    for (const char *p = i->text; *p && v->count < MAX_WORDS;) {
        size_t n = strcspn(p, " ");
        v->words[v->count++] = xstrndup(p, n);
        p += n + strspn(p + n, " ");
    }
    return true;
}

static char *
some_words(const struct vocabulary *v, size_t n, struct rng *r)
{
    struct buf out;
    buf_init(&out, 1 << 16);
    for (size_t i = 0; i < n; i++)
        buf_printf(&out, "%s%s", i ? " " : "", v->words[rng_below(r, (uint32_t)v->count)]);
    return buf_take(&out);
}

static void
write_entries(const char *file, const struct vocabulary *v, bool alike)
{
    struct buf out;
    struct rng r = {7};
    struct err err = {{0}};
    buf_init(&out, (size_t)64 << 20);
    for (int i = 0; i < ENTRIES; i++) {
        if (alike)
            r.state = 7;
        char *text = some_words(v, WORDS, &r), *tags = some_words(v, TAGS, &r);
        struct json *o = json_object();
        json_add_str(o, "topic", "entry");
        json_add_str(o, "text", text);
        json_add_str(o, "tags", tags);
        json_print(o, &out);
        buf_append_char(&out, '\n');
        json_free(o);
        free(text);
        free(tags);
    }
    if (!path_write_atomic(file, out.p, out.len, &err))
        die(&err);
    buf_finish(&out);
}

/* Of this thread: what else runs on the machine is not in it. */
static double
cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int
by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void
measure(struct knowledge *k, const char *title, const char *const *messages, size_t count)
{
    size_t n = 0, found = 0;
    double *ms = xcalloc(count * ROUNDS, sizeof *ms), began_cpu_ms = cpu_ms();
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < count; i++) {
            struct insights list;
            struct err err = {{0}};
            struct knowledge_query q = {
                .text = messages[i], .text_len = strlen(messages[i]), .deadline_us = NEVER_US};
            int64_t began_us = clock_us();
            if (!knowledge_search(k, &q, &list, &err))
                die(&err);
            ms[n++] = (double)(clock_us() - began_us) / US_PER_MS;
            found += list.count > 0;
            insights_finish(&list);
        }
    }
    double cpu = (cpu_ms() - began_cpu_ms) / (double)n;
    qsort(ms, n, sizeof *ms, by_size);
    printf("%-34s %8zu %8zu %12.2f %12.2f %12.2f %12.2f\n", title, n, found, ms[n / 2],
           ms[n * 99 / 100], ms[n - 1], cpu);
    free(ms);
}

static void
run(const struct vocabulary *v, const char *folder, bool alike)
{
    static const char *const messages[] = {
        "aku malu bertanya tentang visa, takut dikira bodoh",
        "My landlord keeps saying nanti. Does that mean no?",
        "Gimana cara menagih klien yang belum bayar invoice dengan sopan?",
        "Can we fly into Bali during Nyepi?",
        "Why is everybody always late to our meetings?",
        "How do I build trust with a local partner before the contract?",
        "Ho mandato un messaggio WhatsApp, spunte blu ma non risponde",
        "people office family business client first ask person time day",
        "Ciao!",
    };
    struct err err = {{0}};
    struct rng r = {11};
    size_t taken;
    char *file = xasprintf("%s/entries.jsonl", folder);
    char *text = xasprintf("store: {url: \"sqlite:%s/%d.db\"}\n", folder, alike);
    struct conf *conf = conf_load_text("bench", text, strlen(text), &err);
    struct knowledge *k = conf ? knowledge_open(conf_get(conf), NULL, NULL, &err) : NULL;
    write_entries(file, v, alike);
    int64_t began_us = clock_us();
    if (!k || !knowledge_import(k, file, &taken, NULL, NULL, &err))
        die(&err);
    printf("%zu entries %s, imported in %.2f s\n", taken, alike ? "all alike" : "of mixed words",
           (double)(clock_us() - began_us) / US_PER_S);
    char *large = some_words(v, LONG_BYTES / 7, &r);
    char *common = some_words(v, 12, &(struct rng){7}); /* how each of the alike ones begins */
    measure(k, "  ordinary messages", messages, ARRAY_LEN(messages));
    measure(k, "  a message of 4 KiB", (const char *const *)&large, 1);
    measure(k, "  the beginning of an entry", (const char *const *)&common, 1);
    knowledge_close(&k);
    conf_destroy(&conf);
    free(large);
    free(common);
    free(text);
    free(file);
}

int
main(void)
{
    static struct vocabulary v;
    struct err err = {{0}};
    char folder[] = "/tmp/berdua-bench-XXXXXX";
    if (!mkdtemp(folder) || !shipped_each(learn, &v, &err))
        die(&err);
    printf("%-34s %8s %8s %12s %12s %12s %12s   bar: 5 ms\n", "the built-in look-up", "asked",
           "found", "median, ms", "p99, ms", "slowest, ms", "CPU, ms");
    run(&v, folder, false);
    run(&v, folder, true);
    for (size_t i = 0; i < v.count; i++)
        free(v.words[i]);
    char *tidy = xasprintf("rm -r '%s'", folder);
    int code = system(tidy);
    free(tidy);
    return code != 0;
}
