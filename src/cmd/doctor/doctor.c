/* berdua doctor: reaches each brain and names the problem and the remedy. */
#include "doctor_checks.h"

#include <stdlib.h>
#include <unistd.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/conf/conf.h"
#include "berdua/conf/secret.h"
#include "berdua/knowledge/knowledge.h"
#include "berdua/net/http.h"
#include "cmd/cmd.h"
#include "findings.h"

static void
add_knowledge(void *arg, const char *what, bool ok, const char *text, const char *remedy)
{
    finding_add(arg, what, ok, xstrdup(text), xstrdup(remedy));
}

enum { OPT_JSON, OPT_OFFLINE };

static const struct cmd_option options[] = {[OPT_JSON] = {"json", .help = "one JSON document"},
                                            [OPT_OFFLINE] = {"offline", .help = "ask no server"}};

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
    bool ok = findings_good(&f);
    if (a->values[OPT_JSON])
        findings_print_json(&f);
    else
        findings_print(&f);
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
