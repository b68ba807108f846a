/* berdua score: warmth and cultural fit of an answer, and why. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/safe.h"
#include "berdua/measure/measure.h"
#include "cmd.h"
#include "text_command.h"

/* The shortest decimal form that reads back as the same number. */
static void
put_number(struct buf *out, const char *key, double v)
{
    char text[32];
    if (isnan(v)) {
        buf_printf(out, "\"%s\":null", key);
        return;
    }
    snprintf(text, sizeof text, "%.15g", v);
    if (strtod(text, NULL) != v)
        snprintf(text, sizeof text, "%.17g", v);
    buf_printf(out, "\"%s\":%s", key, text);
}

/* A group of figures begins with its score. Each has its key in JSON and its words for people. */
static const struct figure {
    const char *group, *key, *words;
    size_t offset;
} figures[] = {
    {"warmth", "score", "warmth", offsetof(struct scores, warmth)},
    {NULL, "polite", "  polite", offsetof(struct scores, polite)},
    {NULL, "empathic", "  empathic", offsetof(struct scores, empathic)},
    {NULL, "affectionate", "  affectionate", offsetof(struct scores, affectionate)},
    {"cultural", "score", "cultural fit", offsetof(struct scores, cultural)},
    {NULL, "language_match", "  language match", offsetof(struct scores, language_match)},
    {NULL, "register", "  register", offsetof(struct scores, register_fit)},
    {NULL, "face_saving", "  face saving", offsetof(struct scores, face_saving)},
    {NULL, "grounding", "  grounding", offsetof(struct scores, grounding)},
    {NULL, "locale", "  locale", offsetof(struct scores, locale)},
};

static double
figure_of(const struct scores *s, size_t i)
{
    double v;
    memcpy(&v, (const char *)s + figures[i].offset, sizeof v);
    return v;
}

static void
put_cue(struct buf *out, const char *text, const struct cue *c)
{
    buf_printf(out, "{\"start\":%u,\"end\":%u,\"text\":", (unsigned)c->start, (unsigned)c->end);
    json_quote(out, text + c->start, c->end - c->start);
    buf_printf(out, ",\"category\":\"%s\",", c->category);
    put_number(out, "weight", c->weight);
    buf_append_char(out, '}');
}

static void
put_json(const struct measure *m, const char *text, const struct scores *s, const struct cue *cues,
         size_t count, struct buf *out)
{
    buf_printf(out, "{\"language\":\"%s\",", language_name(s->language));
    put_number(out, "language_confidence", s->language_confidence);
    for (size_t i = 0; i < ARRAY_LEN(figures); i++) {
        if (figures[i].group)
            buf_printf(out, "%s,\"%s\":{", i ? "}" : "", figures[i].group);
        else
            buf_append_char(out, ',');
        put_number(out, figures[i].key, figure_of(s, i));
    }
    buf_append_str(out, "},\"cues\":[");
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_append_char(out, ',');
        put_cue(out, text, &cues[i]);
    }
    buf_printf(out, "],\"words\":%u,\"rules\":\"%s\"}", (unsigned)s->words, measure_rules(m));
}

static struct scorer *
score_text(const struct measure *m, const struct text_input *in, struct scores *out)
{
    struct scorer *s = scorer_create(m, in->context, in->context ? strlen(in->context) : 0);
    scorer_feed(s, in->text, in->n);
    scorer_get(s, out);
    return s;
}

static void
score_to_json(const struct measure *m, const struct text_input *in, struct buf *out)
{
    struct scores scores;
    size_t count;
    struct scorer *s = score_text(m, in, &scores);
    const struct cue *cues = scorer_cues(s, &count);
    put_json(m, in->text, &scores, cues, count, out);
    scorer_destroy(&s);
}

/* ---- for people ---- */

static void
print_plain(const struct scores *s, const char *text, const struct cue *cues, size_t count)
{
    struct buf safe;
    for (size_t i = 0; i < ARRAY_LEN(figures); i++) {
        double v = figure_of(s, i);
        if (isnan(v))
            printf("%-16s -\n", figures[i].words);
        else
            printf("%-16s %.2f\n", figures[i].words, v);
    }
    printf("%-16s %s (%.2f)\n", "language", language_name(s->language), s->language_confidence);
    puts(s->words < 40 ? "heuristic; fewer than 40 words say little" : "heuristic");
    buf_init(&safe, SIZE_MAX);
    for (size_t i = 0; i < count; i++) {
        buf_clear(&safe);
        safe_text(&safe, text + cues[i].start, cues[i].end - cues[i].start, true);
        printf("%+6.2f  %-18s %s\n", cues[i].weight, cues[i].category, safe.p);
    }
    buf_finish(&safe);
}

static void
score_print(const struct measure *m, const struct text_input *in)
{
    struct scores scores;
    size_t count;
    struct scorer *s = score_text(m, in, &scores);
    const struct cue *cues = scorer_cues(s, &count);
    print_plain(&scores, in->text, cues, count);
    scorer_destroy(&s);
}

static int
run_score(const struct globals *g, const struct cmd_args *args)
{
    static const struct text_command score = {"score", "prompt", score_to_json, score_print};
    (void)g;
    return text_command_run(&score, args);
}

static const struct cmd_option options[] = {TEXT_OPTIONS("prompt")};

const struct command command_score = {
    .name = "score",
    CMD_TABLE(option, options),
    .help = "an answer on stdin: its warmth, its cultural fit, and why",
    .run = run_score,
};
