/* The report's page in a real browser (page.mjs opens it). Run by tests/peers/run.sh, which says where Chromium is. */
#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/json.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "screen/cli.h"
#include "screen/contract.h"

#define HOSTILE                                                                                    \
    "</pre><script>alert(1)</script><img src=x onerror=alert(2)> \\\"'& \\u202e "                  \
    "http://evil.test/x.js"

struct visit {
    struct place *place;
    struct json *seen;
    struct buf pdf;
};

static const char *
given(const char *name)
{
    const char *value = getenv(name);
    if (!value)
        fail_msg("%s is not set; `make check-peers` runs this", name);
    return value;
}

static void
fill(struct place *p)
{
    static const char *const winners[] = {"llama", "claude", "tie", "both_bad", "llama"};
    struct buf in;
    struct cli_result r;
    buf_init(&in, 8 << 20);
    for (int i = 0; i < 300; i++)
        buf_printf(
            &in,
            "{\"id\":\"<i>%d\",\"ts\":%d,\"session\":\"s\",\"turn\":%d,\"rater\":\"" HOSTILE
            "\",\"message\":\"" HOSTILE "\",\"category\":\"%s\",\"language\":\"id\",\"left\":"
            "\"%s\",\"winner\":\"%s\",\"blind\":%s,\"answers\":{\"claude\":{\"text\":\"" HOSTILE
            "\",\"ttft_ms\":%d},\"llama\":{\"text\":\"b\",\"ttft_ms\":%d,\"cost_usd\":0.001}}}\n",
            i, 1700000000 + 3600 * i, i + 1, i % 3 ? "emotional" : "cultural",
            i % 2 ? "llama" : "claude", winners[i % 5], i % 4 ? "true" : "false", 250 + i,
            900 + 10 * i);
    buf_printf(&in,
               "{\"id\":\"j\",\"ts\":1800000000,\"session\":\"s\",\"turn\":1,\"message\":\"m\","
               "\"winner\":\"tie\",\"mode\":\"judge\",\"judge\":{\"model\":\"" HOSTILE
               "\"},\"answers\":{\"claude\":{\"text\":\"a\"},\"llama\":{\"text\":\"b\"}}}\n");
    place_write(p, "in.jsonl", in.p);
    char *file = place_path(p, "in.jsonl");
    cli_run(&r, p, ARGS("sessions", "merge", file), NULL);
    expect_exit(&r, 0);
    cli_finish(&r);
    buf_finish(&in);
    free(file);
}

/* One visit for all tests: a browser takes seconds to start. */
static int
visit_begin(void **state)
{
    struct visit *v = xcalloc(1, sizeof *v);
    struct cli_result r;
    struct err err = {""};
    struct buf out;
    char chunk[4096];
    size_t n;
    v->place = place_create();
    fill(v->place);
    char *page = place_path(v->place, "page.html"), *pdf = place_path(v->place, "page.pdf");
    cli_run(&r, v->place, ARGS("report", "--html", page, "--texts"), NULL);
    expect_exit(&r, 0);
    cli_finish(&r);
    char *command = xasprintf("node '%s/tests/peers/page.mjs' '%s' '%s' '%s' '%s'", source_path(),
                              given("PEER_FOLDER"), given("PEER_CHROMIUM"), page, pdf);
    FILE *p = popen(command, "r");
    assert_non_null(p);
    buf_init(&out, 1 << 20);
    while ((n = fread(chunk, 1, sizeof chunk, p)) > 0)
        buf_append(&out, chunk, n);
    int status = pclose(p);
    v->seen = json_parse(out.p, out.len, &err);
    if (status != 0 || !v->seen)
        fail_msg("%s ended with %d: %s", command, status, out.p);
    buf_init(&v->pdf, 64 << 20);
    if (!path_read(pdf, &v->pdf, &err))
        fail_msg("%s", err.text);
    buf_finish(&out);
    free(command);
    free(page);
    free(pdf);
    *state = v;
    return 0;
}

static int
visit_end(void **state)
{
    struct visit *v = *state;
    if (!v) /* its beginning failed */
        return -1;
    json_free(v->seen);
    buf_finish(&v->pdf);
    place_destroy(&v->place);
    free(v);
    return 0;
}

static double
number(const struct json *seen, const char *path)
{
    double v = -1;
    if (!json_num(json_at(seen, path), &v))
        fail_msg("%s is missing", path);
    return v;
}

static bool
holds_true(const struct json *seen, const char *object, const char *key)
{
    bool v = false;
    return json_get_bool(*object ? json_get(seen, object) : seen, key, &v) && v;
}

static void
assert_none(const struct json *seen, const char *path)
{
    const struct json *list = json_at(seen, path);
    assert_true(json_is_array(list));
    if (json_count(list))
        fail_msg("%s: %s", path, json_str(json_first(list)));
}

static void
the_page_asks_for_nothing_runs_nothing_and_complains_about_nothing(void **state)
{
    const struct json *seen = ((struct visit *)*state)->seen;
    assert_none(seen, "requests");
    assert_none(seen, "complaints");
    assert_true(number(seen, "light.scripts") == 0);
}

static void
every_chart_is_drawn_and_has_its_table(void **state)
{
    const struct json *seen = ((struct visit *)*state)->seen;
    double charts = number(seen, "light.charts");
    assert_true(charts >= 9);
    assert_true(number(seen, "light.drawn") == charts);
    assert_true(number(seen, "light.tables") == charts);
    assert_true(holds_true(seen, "", "narrow"));
}

static void
day_and_night_differ_and_both_are_accessible(void **state)
{
    const struct json *seen = ((struct visit *)*state)->seen;
    static const char *const looks[] = {"background", "color"};
    for (size_t i = 0; i < ARRAY_LEN(looks); i++)
        assert_string_not_equal(json_get_str(json_get(seen, "light"), looks[i]),
                                json_get_str(json_get(seen, "dark"), looks[i]));
    assert_none(seen, "light.violations");
    assert_none(seen, "dark.violations");
    assert_true(number(seen, "light.rules_passed") > 20);
}

static void
a_definition_opens_with_the_keyboard_and_the_digest_is_that_of_the_text(void **state)
{
    const struct json *seen = ((struct visit *)*state)->seen;
    assert_true(holds_true(seen, "", "definition_opens"));
    assert_true(holds_true(seen, "light", "digest_holds"));
}

static void
the_page_prints(void **state)
{
    const struct visit *v = *state;
    assert_true(v->pdf.len > 20000);
    assert_memory_equal(v->pdf.p, "%PDF-", 5);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_asks_for_nothing_runs_nothing_and_complains_about_nothing),
        cmocka_unit_test(every_chart_is_drawn_and_has_its_table),
        cmocka_unit_test(day_and_night_differ_and_both_are_accessible),
        cmocka_unit_test(a_definition_opens_with_the_keyboard_and_the_digest_is_that_of_the_text),
        cmocka_unit_test(the_page_prints),
    };
    return cmocka_run_group_tests(tests, visit_begin, visit_end);
}
