#include "findings.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "cmd/out.h"

void
finding_add(struct findings *f, const char *what, bool ok, char *take_text, char *take_remedy)
{
    f->v = xreallocarray(f->v, f->count + 1, sizeof *f->v);
    f->v[f->count++] = (struct finding){xstrdup(what), ok, take_text, take_remedy};
}

void
findings_finish(struct findings *f)
{
    for (size_t i = 0; i < f->count; i++) {
        free(f->v[i].what);
        free(f->v[i].text);
        free(f->v[i].remedy);
    }
    free(f->v);
}

bool
findings_good(const struct findings *f)
{
    for (size_t i = 0; i < f->count; i++)
        if (!f->v[i].ok)
            return false;
    return true;
}

void
findings_print(const struct findings *f)
{
    for (size_t i = 0; i < f->count; i++) {
        struct buf line;
        buf_init(&line, SIZE_MAX);
        buf_printf(&line, "%-9s %-7s %s\n", f->v[i].what, f->v[i].ok ? "ok" : "FAILED",
                   f->v[i].text);
        for (const char *p = f->v[i].remedy; p && *p;) {
            size_t n = strcspn(p, "\n");
            buf_printf(&line, "%17s %.*s\n", p == f->v[i].remedy ? "→" : "", (int)n, p);
            p += n + (p[n] == '\n');
        }
        out_text(stdout, line.p, line.len);
        buf_finish(&line);
    }
}

void
findings_print_json(const struct findings *f)
{
    struct json *o = json_object(), *list = json_array();
    for (size_t i = 0; i < f->count; i++) {
        struct json *one = json_object();
        json_add_str(one, "what", f->v[i].what);
        json_add_bool(one, "ok", f->v[i].ok);
        json_add_str(one, "text", f->v[i].text);
        json_add_str(one, "remedy", f->v[i].remedy);
        json_push(list, one);
    }
    json_add_bool(o, "ok", findings_good(f));
    json_add_str(o, "version", BERDUA_VERSION);
    json_add(o, "findings", list);
    out_json(stdout, o);
}
