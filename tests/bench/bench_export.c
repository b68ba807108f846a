/* What an export of 200,000 verdicts costs, form by form: rows a second and the most memory. BENCH_QUICK=1: an eighth of
 * them. `bench_export DATABASE` uses a database that is there. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "berdua/base/clock.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "berdua/export/export.h"

enum { VERDICTS = 200000, TURNS = 4, WORDS_MESSAGE = 12, WORDS_ANSWER = 60 };

static void
die(const char *why)
{
    perror(why);
    exit(1);
}

static void
put_words(FILE *f, struct rng *rng, int n)
{
    static const char *const words[] = {"kak",  "aku",    "mau", "tanya", "visa",  "kitas",
                                        "izin", "tidak",  "apa", "ya",    "baik",  "paspor",
                                        "Bali", "semoga", "ada", "bulan", "lancar"};
    for (int i = 0; i < n; i++)
        fprintf(f, "%s%s", i ? " " : "", words[rng_below(rng, ARRAY_LEN(words))]);
}

static void
put_answer(FILE *f, struct rng *rng, const char *brain, const char *model)
{
    fprintf(f, "\"%s\":{\"provider\":\"x\",\"model\":\"%s\",\"status\":\"complete\",\"text\":\"",
            brain, model);
    put_words(f, rng, WORDS_ANSWER);
    fprintf(f,
            "\",\"connect_ms\":12.345,\"ttft_ms\":%u.25,\"total_ms\":%u,\"tokens_in\":%u,"
            "\"tokens_out\":%u,\"cost_usd\":%.17g,\"warmth\":%.17g,\"cultural\":%.17g}",
            200 + rng_below(rng, 400), 1000 + rng_below(rng, 1000), rng_below(rng, 900),
            40 + rng_below(rng, 100), rng_unit(rng) / 1000, rng_unit(rng), rng_unit(rng));
}

/* Sessions of four turns; every second verdict is decisive. */
static void
put_record(FILE *f, struct rng *rng, int i)
{
    static const char *const winners[] = {"claude", "llama", "tie", "both_bad"};
    fprintf(f,
            "{\"id\":\"%026d\",\"ts\":%.2f,\"session\":\"S%d\",\"turn\":%d,\"user\":\"u%d\","
            "\"rater\":\"wayan\",\"category\":\"emotional\",\"categories\":{\"emotional\":0.8},"
            "\"language\":\"id\",\"mode\":\"parallel\",\"left\":\"llama\",\"winner\":\"%s\","
            "\"strength\":\"clear\",\"system\":{\"llama\":\"Kamu ZANTARA.\"},\"history\":[",
            i, 1.7e9 + i * 30, i / TURNS, i % TURNS + 1, i % 500, winners[rng_below(rng, 4)]);
    for (int k = 0; k < 2 * (i % TURNS); k++) {
        fprintf(f, "%s{\"role\":\"%s\",\"content\":\"", k ? "," : "", k % 2 ? "assistant" : "user");
        put_words(f, rng, k % 2 ? WORDS_ANSWER : WORDS_MESSAGE);
        fputs("\"}", f);
    }
    fputs("],\"message\":\"", f);
    put_words(f, rng, WORDS_MESSAGE);
    fputs("\",\"answers\":{", f);
    put_answer(f, rng, "claude", "claude-haiku-5-5");
    fputs(",", f);
    put_answer(f, rng, "llama", "zantara-llama-3.1-8b");
    fputs("}}\n", f);
}

struct cost {
    double wall_s, cpu_s, most_mb;
};

/* Runs the program; what it says on stderr goes to the file `said`. */
static struct cost
run(const char *const *args, const char *said)
{
    const char *program = getenv("BERDUA_BIN");
    struct rusage used;
    int status, fd = open(said, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    int64_t begun = clock_us();
    pid_t pid = fork();
    if (pid == 0) {
        dup2(fd, STDERR_FILENO);
        execv(program ? program : "./berdua", (char *const *)(uintptr_t)args);
        _exit(127);
    }
    close(fd);
    if (wait4(pid, &status, 0, &used) != pid || status != 0)
        die(args[3]);
#ifdef __APPLE__
    const double rss_unit = 1;
#else
    const double rss_unit = 1024;
#endif
    return (struct cost){
        .wall_s = (double)(clock_us() - begun) / US_PER_S,
        .cpu_s = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                 (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / US_PER_S,
        .most_mb = (double)used.ru_maxrss * rss_unit / 1e6,
    };
}

/* "N verdicts exported in M rows" */
static double
rows_said(const char *said)
{
    char text[512] = "";
    FILE *f = fopen(said, "r");
    if (!f || !fgets(text, sizeof text, f))
        die(said);
    fclose(f);
    const char *in = strstr(text, "exported in "), *n = strstr(text, ": ");
    return in ? atof(in + 12) : n ? atof(n + 2) : 0;
}

static void
make_database(const char *folder, const char *db)
{
    struct rng rng = {.state = 7};
    char *file = xasprintf("%s/records", folder), *said = xasprintf("%s/said", folder);
    FILE *f = fopen(file, "w");
    if (!f)
        die(file);
    int n = getenv("BENCH_QUICK") ? VERDICTS / 8 : VERDICTS;
    for (int i = 0; i < n; i++)
        put_record(f, &rng, i);
    if (fclose(f) != 0)
        die(file);
    struct cost c =
        run((const char *[]){"berdua", "--db", db, "sessions", "merge", file, NULL}, said);
    printf("%d verdicts merged in %.1f s, most memory %.1f MB\n", n, c.wall_s, c.most_mb);
    unlink(file);
    free(file);
    free(said);
}

int
main(int argc, char **argv)
{
    char folder[] = "/tmp/berdua-bench-export-XXXXXX";
    if (!mkdtemp(folder))
        die(folder);
    char *db = argc > 1 ? xstrdup(argv[1]) : xasprintf("%s/berdua.db", folder);
    char *said = xasprintf("%s/said", folder);
    const struct export_format *f;
    if (argc < 2)
        make_database(folder, db);
    printf("%-18s %9s %9s %9s %12s %14s %6s\n", "form", "rows", "seconds", "CPU s", "rows/s",
           "rows/CPU s", "MB");
    for (size_t i = 0; (f = export_format_at(i)) != NULL; i++) {
        struct cost c = run((const char *[]){"berdua", "--db", db, "export", "--format",
                                             export_format_name(f), "-o", "/dev/null", NULL},
                            said);
        double rows = rows_said(said);
        printf("%-18s %9.0f %9.2f %9.2f %12.0f %14.0f %6.1f\n", export_format_name(f), rows,
               c.wall_s, c.cpu_s, rows / c.wall_s, rows / c.cpu_s, c.most_mb);
        fflush(stdout);
    }
    free(db);
    free(said);
    char *remove = xasprintf("rm -rf %s", folder);
    int code = system(remove);
    free(remove);
    return code;
}
