/* berdua score: warmth and cultural fit of an answer, and why. */
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/safe.h"
#include "berdua/measure/measure.h"
#include "cmd.h"
#include "out.h"
#include "text_command.h"

static struct json *
cue_to_json(const char *text, const struct cue *c)
{
    struct json *o = json_object();
    json_add_int(o, "start", c->start);
    json_add_int(o, "end", c->end);
    json_add_strn(o, "text", text + c->start, c->end - c->start);
    json_add_str(o, "category", c->category);
    json_add_num(o, "weight", c->weight);
    return o;
}

static struct scorer *
score_text(const struct measure *m, const struct text_input *in, struct scores *out)
{
    struct scorer *s = scorer_create(m, in->context, in->context ? strlen(in->context) : 0);
    scorer_feed(s, in->text, in->n);
    scorer_get(s, out);
    return s;
}

/* How much each part of warmth counts in its score. */
static struct json *
shares_to_json(void)
{
    struct json *o = json_object();
    for (size_t i = 0; i < SHOWN_SCORES; i++)
        if (warmth_share(shown_scores[i].offset) > 0)
            json_add_num(o, shown_scores[i].key, warmth_share(shown_scores[i].offset));
    return o;
}

static struct json *
score_to_json(const struct measure *m, const struct text_input *in)
{
    struct scores scores;
    size_t count;
    struct scorer *s = score_text(m, in, &scores);
    const struct cue *cues = scorer_cues(s, &count);
    struct json *o = json_object(), *group = NULL, *list = json_array();
    json_add_str(o, "language", language_name(scores.language));
    json_add_num(o, "language_confidence", scores.language_confidence);
    for (const struct shown_score *k = shown_scores; k < shown_scores + SHOWN_SCORES; k++) {
        if (k->group)
            json_add(o, k->group, group = json_object());
        json_add_num(group, k->key, score_of(&scores, k));
        if (k->offset == offsetof(struct scores, warmth))
            json_add(group, "weights", shares_to_json());
    }
    for (size_t i = 0; i < count; i++)
        json_push(list, cue_to_json(in->text, &cues[i]));
    json_add(o, "cues", list);
    json_add_int(o, "words", scores.words);
    json_add_str(o, "rules", measure_rules(m));
    scorer_destroy(&s);
    return o;
}

/* ---- for people ---- */

static void
print_plain(const struct scores *s, const char *text, const struct cue *cues, size_t count)
{
    struct buf safe;
    for (const struct shown_score *k = shown_scores; k < shown_scores + SHOWN_SCORES; k++) {
        double v = score_of(s, k), share = warmth_share(k->offset);
        if (isnan(v))
            out_print("%-16s -\n", k->words);
        else if (share > 0)
            out_print("%-16s %.2f  counts %.2f\n", k->words, v, share);
        else
            out_print("%-16s %.2f\n", k->words, v);
    }
    out_print("%-16s %s (%.2f)\n", "language", language_name(s->language), s->language_confidence);
    puts(s->words < 40 ? "heuristic; fewer than 40 words say little" : "heuristic");
    buf_init(&safe, SIZE_MAX);
    for (size_t i = 0; i < count; i++) {
        buf_clear(&safe);
        safe_text(&safe, text + cues[i].start, cues[i].end - cues[i].start, true);
        out_print("%+6.2f  %-18s %s\n", cues[i].weight, cues[i].category, safe.p);
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

static const struct cmd_option options[] = {TEXT_OPTIONS("prompt", "the message that is answered")};

const struct command command_score = {
    .name = "score",
    CMD_TABLE(option, options),
    .help = "an answer on stdin: its warmth, its cultural fit, and why",
    .run = run_score,
};
