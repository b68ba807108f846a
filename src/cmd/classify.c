/* berdua classify: the kind of a message and its language. */
#include <stdio.h>

#include "berdua/base/json.h"
#include "berdua/measure/measure.h"
#include "cmd.h"
#include "out.h"
#include "text_command.h"

static struct json *
classify_to_json(const struct measure *m, const struct text_input *in)
{
    struct classification c;
    struct json *o = json_object(), *weights = json_object();
    measure_classify(m, in->text, in->n, in->context, in->language, &c);
    json_add_str(o, "language", language_name(c.language));
    json_add_num(o, "language_confidence", c.language_confidence);
    json_add_str(o, "category", category_name(c.category));
    for (int i = 0; i < CATEGORY_COUNT; i++)
        json_add_num(weights, category_name((enum category)i), c.weights[i]);
    json_add(o, "categories", weights);
    json_add_bool(o, "inherited", c.inherited);
    json_add_str(o, "rules", measure_rules(m));
    return o;
}

static void
classify_print(const struct measure *m, const struct text_input *in)
{
    bool done[CATEGORY_COUNT] = {false};
    struct classification c;
    measure_classify(m, in->text, in->n, in->context, in->language, &c);
    out_print("%s%s\n", category_name(c.category), c.inherited ? " (as the message before)" : "");
    for (int k = 0; k < CATEGORY_COUNT; k++) {
        int best = -1;
        for (int i = 0; i < CATEGORY_COUNT; i++)
            if (!done[i] && (best < 0 || c.weights[i] > c.weights[best]))
                best = i;
        done[best] = true;
        if (c.weights[best] >= 0.005)
            out_print("  %-17s weight %.2f\n", category_name((enum category)best), c.weights[best]);
    }
    out_print("language %s (%.2f)\n", language_name(c.language), c.language_confidence);
}

static int
run_classify(const struct globals *g, const struct cmd_args *args)
{
    static const struct text_command classify = {"classify", "prev", classify_to_json,
                                                 classify_print};
    (void)g;
    return text_command_run(&classify, args);
}

static const struct cmd_option options[] = {TEXT_OPTIONS("prev", "the message before")};

const struct command command_classify = {
    .name = "classify",
    CMD_TABLE(option, options),
    .help = "a message on stdin: which kind it is, and its language",
    .run = run_classify,
};
