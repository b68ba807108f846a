#include "text_command.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/measure/measure.h"
#include "cmd.h"
#include "out.h"

enum {
    TEXT_MAX_BYTES = 64 << 20,
    LINE_MAX_BYTES = 32 << 20 /* 4 MB of text may be written with six bytes for each */
};

static bool
measure_text(const struct text_command *c, const struct measure *m, const struct cmd_args *a)
{
    struct buf text;
    buf_init(&text, TEXT_MAX_BYTES);
    struct err err;
    bool ok = stdin_read(&text, &err);
    if (!ok)
        out_say("berdua %s: %s\n", c->name, err.text);
    struct text_input in = {text.p, text.len, a->values[TEXT_CONTEXT], -1};
    if (ok && a->values[TEXT_JSON])
        out_json(stdout, c->to_json(m, &in));
    else if (ok)
        c->print(m, &in);
    buf_finish(&text);
    return ok;
}

static bool
measure_line(const struct text_command *c, const struct measure *m, const struct cmd_args *a,
             const char *p, size_t n, size_t number)
{
    struct err err = {""};
    const char *fault = n > LINE_MAX_BYTES ? "too long" : text_fault(p, n);
    struct json *v = fault ? NULL : json_parse(p, n, &err);
    bool ok = v && json_is_object(v);
    const char *text = json_get_str(v, "text");
    const char *context = json_get_str(v, c->context);
    const char *language = json_get_str(v, "language");
    struct text_input in = {text ? text : "", text ? strlen(text) : 0,
                            context ? context : a->values[TEXT_CONTEXT],
                            language ? language_parse(language) : -1};
    struct json *out = ok ? c->to_json(m, &in) : json_object();
    if (!ok) {
        const char *why = fault ? fault : v ? "not an object" : err.text;
        out_say("berdua %s: line %zu: %s\n", c->name, number, why);
        json_add_str(out, "error", "not a JSON object");
    }
    out_json(stdout, out);
    json_free(v);
    return ok;
}

static bool
measure_lines(const struct text_command *c, const struct measure *m, const struct cmd_args *a)
{
    char *line = NULL;
    size_t cap = 0, number = 0;
    ssize_t n;
    bool ok = true;
    while ((n = getline(&line, &cap, stdin)) >= 0) {
        number++;
        while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r'))
            n--;
        if (n > 0 && !measure_line(c, m, a, line, (size_t)n, number))
            ok = false;
    }
    free(line);
    return ok;
}

int
text_command_run(const struct text_command *c, const struct cmd_args *args)
{
    struct err err;
    struct measure *m = cmd_open_measure(&err);
    if (!m) {
        out_say("berdua %s: %s\n", c->name, err.text);
        return EXIT_CONFIG;
    }
    bool ok = args->values[TEXT_LINES] ? measure_lines(c, m, args) : measure_text(c, m, args);
    measure_destroy(&m);
    return ok ? EXIT_DONE : EXIT_FAILED;
}
