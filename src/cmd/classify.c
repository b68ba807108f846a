/* berdua classify: the kind of a message and its language. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/measure/measure.h"
#include "cmd.h"
#include "lines.h"

enum { TEXT_MAX = 64 << 20 };

struct job {
    const struct measure *m;
};

static void
print_json(const struct measure *m, const struct classification *c, struct buf *out)
{
    buf_printf(
        out,
        "{\"language\":\"%s\",\"language_confidence\":%.9g,\"category\":\"%s\",\"categories\":{",
        language_name(c->language), c->language_confidence, category_name(c->category));
    for (int i = 0; i < CATEGORY_COUNT; i++)
        buf_printf(out, "%s\"%s\":%.9g", i ? "," : "", category_name((enum category)i),
                   c->weights[i]);
    buf_printf(out, "},\"inherited\":%s,\"rules\":\"%s\"}", c->inherited ? "true" : "false",
               measure_rules(m));
}

static void
each_line(void *ctx, const struct json *line, struct buf *out)
{
    const struct job *j = ctx;
    const char *text = json_get_str(line, "text");
    const char *prev = json_get_str(line, "prev");
    const char *session = json_get_str(line, "language");
    struct classification c;
    text = text ? text : "";
    measure_classify(j->m, text, strlen(text), prev, session ? language_parse(session) : -1, &c);
    print_json(j->m, &c, out);
}

static void
print_plain(const struct classification *c)
{
    bool done[CATEGORY_COUNT] = {false};
    printf("%s%s\n", category_name(c->category), c->inherited ? " (as the message before)" : "");
    for (int k = 0; k < CATEGORY_COUNT; k++) {
        int best = -1;
        for (int i = 0; i < CATEGORY_COUNT; i++)
            if (!done[i] && (best < 0 || c->weights[i] > c->weights[best]))
                best = i;
        done[best] = true;
        if (c->weights[best] >= 0.005)
            printf("  %-17s %.2f\n", category_name((enum category)best), c->weights[best]);
    }
    printf("language %s (%.2f)\n", language_name(c->language), c->language_confidence);
}

static int
classify_text(const struct measure *m, const char *prev, bool json)
{
    struct buf text, out;
    struct classification c;
    buf_init(&text, TEXT_MAX);
    if (!lines_read_all("classify", &text)) {
        buf_finish(&text);
        return EXIT_FAILED;
    }
    measure_classify(m, text.p, text.len, prev, -1, &c);
    if (json) {
        buf_init(&out, 4096);
        print_json(m, &c, &out);
        puts(out.p);
        buf_finish(&out);
    } else {
        print_plain(&c);
    }
    buf_finish(&text);
    return EXIT_DONE;
}

int
cmd_classify(const struct globals *g, int argc, char **argv)
{
    (void)g;
    bool json = false, lines = false;
    const char *prev = NULL;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--json") == 0)
            json = true;
        else if (strcmp(argv[i], "--lines") == 0)
            lines = true;
        else if (strcmp(argv[i], "--prev") == 0 && i + 1 < argc)
            prev = argv[++i];
        else if (strncmp(argv[i], "--prev=", 7) == 0)
            prev = argv[i] + 7;
        else
            return cmd_usage("classify", "what is \"%s\"? The text is read from standard input",
                             argv[i]);
    }
    struct err err;
    char *folder = path_config("lexicon");
    struct measure *m = measure_create(folder, &err);
    free(folder);
    if (!m) {
        fprintf(stderr, "berdua classify: %s\n", err.text);
        return EXIT_CONFIG;
    }
    struct job j = {m};
    int code = lines ? lines_each("classify", each_line, &j) : classify_text(m, prev, json);
    measure_destroy(&m);
    return code;
}
