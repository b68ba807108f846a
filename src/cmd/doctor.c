/* berdua doctor: reaches each brain and names the problem and the remedy. */
#include "doctor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/conf/conf.h"
#include "berdua/conf/secret.h"
#include "berdua/knowledge/knowledge.h"
#include "berdua/net/http.h"
#include "cmd.h"
#include "out.h"

void
finding_add(struct findings *f, const char *what, bool ok, char *take_text, char *take_remedy)
{
    f->v = xreallocarray(f->v, f->count + 1, sizeof *f->v);
    f->v[f->count++] = (struct finding){xstrdup(what), ok, take_text, take_remedy};
}

static void
findings_finish(struct findings *f)
{
    for (size_t i = 0; i < f->count; i++) {
        free(f->v[i].what);
        free(f->v[i].text);
        free(f->v[i].remedy);
    }
    free(f->v);
}

static void
add_knowledge(void *arg, const char *what, bool ok, const char *text, const char *remedy)
{
    finding_add(arg, what, ok, xstrdup(text), xstrdup(remedy));
}

static void
print_report(const struct findings *f)
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

static void
print_report_json(const struct findings *f, bool ok)
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
    json_add_bool(o, "ok", ok);
    json_add_str(o, "version", BERDUA_VERSION);
    json_add(o, "findings", list);
    out_json(stdout, o);
}

enum { OPT_JSON, OPT_OFFLINE };

static const struct cmd_option options[] = {[OPT_JSON] = {"json"}, [OPT_OFFLINE] = {"offline"}};

static int
work_doctor(const struct cmd_args *a, struct err *err)
{
    bool offline = a->values[OPT_OFFLINE] != NULL;
    const struct config *config = a->config;
    struct err wrong = {""};
    (void)err;
    struct findings f = {0};
    bool there = access(conf_path(a->conf), R_OK) == 0;
    if (cmd_screen_good(a->conf, &wrong))
        finding_add(
            &f, "config", true,
            xasprintf("%s%s", conf_path(a->conf), there ? "" : " (no file: defaults in use)"),
            there ? NULL : xstrdup("berdua config init writes one with every key explained"));
    else
        finding_add(&f, "config", false, xstrdup(wrong.text),
                    xstrdup("change the line, or take it out; berdua config check looks again"));
    doctor_check_store(&f, config);
    doctor_check_budget(&f, config);
    doctor_check_terminal(&f);
    doctor_check_libcurl(&f);
    struct http *http = offline ? NULL : http_create(NULL);
    struct keyring *keyring = keyring_create();
    for (int b = 0; b < BRAIN_COUNT; b++)
        doctor_check_brain(&f, http, keyring, config, (enum brain_id)b);
    knowledge_probe(config, keyring, http, add_knowledge, &f);
    keyring_destroy(&keyring);
    if (http)
        doctor_look_around(&f, http, config);
    bool ok = true;
    for (size_t i = 0; i < f.count; i++)
        ok = ok && f.v[i].ok;
    if (a->values[OPT_JSON])
        print_report_json(&f, ok);
    else
        print_report(&f);
    findings_finish(&f);
    http_destroy(&http);
    return ok ? EXIT_DONE : EXIT_FAILED;
}

const struct command command_doctor = {
    .name = "doctor",
    CMD_TABLE(option, options),
    .help = "what works, what does not, and the remedy",
    .work = work_doctor,
};
