#include "report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "berdua/base/json.h"
#include "berdua/base/mem.h"

void
report_ask(struct report *r, struct place *place, const char *const *args, const char *message)
{
    const char *argv[16] = {"ask", "--json"};
    size_t n = 2;
    while (args != NULL && *args != NULL && n < ARRAY_LEN(argv) - 2)
        argv[n++] = *args++;
    argv[n++] = message;
    argv[n] = NULL;
    cli_run(&r->run, place, argv, NULL);
    r->root = json_parse(r->run.out.p, r->run.out.len, NULL);
}

void
report_finish(struct report *r)
{
    cli_finish(&r->run);
    json_free(r->root);
    r->root = NULL;
}

const struct json *
report_answer(const struct report *r, const char *brain)
{
    const struct json *a = json_first(json_get(r->root, "answers"));
    while (a != NULL && strcmp(report_str(a, "brain"), brain) != 0)
        a = json_next(a);
    if (a == NULL) {
        cli_show(&r->run);
        fail_msg("no answer of %s", brain);
    }
    return a;
}

const char *
report_str(const struct json *v, const char *path)
{
    const char *s = json_str(json_at(v, path));
    return s != NULL ? s : "";
}
