/* The report as a page: whole, harmless whatever the evidence holds, and the same figures as --json. */
#include "unit/unit.h"
#include "merge_kit.h"

#include "berdua/base/sha256.h"

#define HOSTILE "</script><script>alert(1)</script> \\\"'& \\u202e\\u0007 http://evil.test/"

static void
page(const struct kit *k, const char *options, struct buf *out)
{
    struct err err = {""};
    struct buf said;
    char *arguments = xasprintf("report --html %s/page.html %s", k->folder, options),
         *path = xasprintf("%s/page.html", k->folder);
    assert_int_equal(run(k, arguments, &said), EXIT_DONE);
    assert_int_equal(said.len, 0); /* the page is in the file alone */
    buf_init(out, 4 << 20);
    assert_true(path_read(path, out, &err));
    buf_finish(&said);
    free(arguments);
    free(path);
}

static void
fill(const struct kit *k, int pairs)
{
    static const char *const winners[] = {"llama", "claude", "tie", "both_bad", "llama"};
    struct buf in;
    char fields[400], id[32], said[64];
    buf_init(&in, 8 << 20);
    for (int i = 0; i < pairs; i++) {
        snprintf(fields, sizeof fields,
                 "\"winner\":\"%s\",\"rater\":\"" HOSTILE "\",\"message\":\"m%d " HOSTILE "\",",
                 winners[i % 5], i);
        snprintf(id, sizeof id, "<b>%d", i);
        add_record(&in, id, "s", i + 1, 1000 + i, fields);
    }
    add_record(&in, "j", "s", 1, 5000,
               "\"mode\":\"judge\",\"judge\":{\"model\":\"" HOSTILE "\",\"prompt\":\"" HOSTILE
               "\"},");
    snprintf(said, sizeof said, "%d verdicts added", pairs + 1);
    merge(k, in.p, said);
    buf_finish(&in);
}

/* ---- what a page must be ---- */

static bool
is_void(const char *name, size_t n)
{
    static const char *const names[] = {"meta", "line", "rect", "circle", "polygon", "polyline"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (strlen(names[i]) == n && memcmp(names[i], name, n) == 0)
            return true;
    return false;
}

/* Every element is closed in its order, and no other < or & stands in it. */
static void
assert_well_formed(const char *p)
{
    enum { DEPTH = 64 };
    char open[DEPTH][32];
    int depth = 0;
    assert_memory_equal(p, "<!DOCTYPE html>", 15);
    for (p += 15; *p; p++) {
        if (*p == '&' && strncmp(p, "&amp;", 5) && strncmp(p, "&lt;", 4) && strncmp(p, "&gt;", 4) &&
            strncmp(p, "&quot;", 6) && strncmp(p, "&#39;", 5))
            fail_msg("a bare & before %.40s", p);
        if (*p != '<')
            continue;
        bool closes = p[1] == '/';
        const char *name = p + 1 + closes, *end = strchr(p, '>');
        size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789");
        if (!end || n == 0 || n >= sizeof open[0])
            fail_msg("a bare < before %.40s", p);
        if (closes && (depth == 0 || strlen(open[--depth]) != n || memcmp(open[depth], name, n)))
            fail_msg("%.*s is closed within %s", (int)n, name, open[depth]);
        if (!closes && !is_void(name, n)) {
            assert_true(depth < DEPTH);
            snprintf(open[depth++], sizeof open[0], "%.*s", (int)n, name);
        }
        p = end;
    }
    assert_int_equal(depth, 0);
}

/* Text between the tags of the element with this id, unescaped. */
static void
inner_text(const char *p, const char *id, struct buf *out)
{
    static const char *const entities[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
    char attribute[64];
    snprintf(attribute, sizeof attribute, "id=\"%s\"", id);
    buf_init(out, 4 << 20);
    p = strstr(p, attribute);
    assert_non_null(p);
    for (p = strchr(p, '>') + 1; *p != '<'; p++) {
        char c = *p;
        for (size_t i = 0; c == '&' && i < ARRAY_LEN(entities); i++)
            if (strncmp(p, entities[i], strlen(entities[i])) == 0) {
                c = "&<>\"'"[i];
                p += strlen(entities[i]) - 1;
                break;
            }
        buf_append_char(out, c);
    }
}

static void
assert_page(const struct buf *out)
{
    struct buf json, told;
    char digest[SHA256_HEX + 1];
    struct err err = {""};
    assert_true(out->len < 1000000);
    assert_int_equal(strlen(out->p), out->len);
    assert_well_formed(out->p);
    assert_non_null(strstr(out->p, "content=\"default-src 'none'; style-src 'unsafe-inline'\""));
    static const char *const absent[] = {"<script",      "src=\"", "url(",
                                         "@import",      "<link",  "onerror=\"",
                                         "\xe2\x80\xae", "\a",     "href=\"http"};
    for (size_t i = 0; i < ARRAY_LEN(absent); i++)
        if (strstr(out->p, absent[i]))
            fail_msg("the page holds %s", absent[i]);
    for (const char *svg = out->p; (svg = strstr(svg, "<svg class")) != NULL; svg++) {
        const char *table = strstr(svg, "<table"), *next = strstr(svg + 1, "<svg class");
        assert_true(table && (!next || table < next));
    }
    inner_text(out->p, "report-json", &json);
    inner_text(out->p, "report-sha256", &told);
    sha256_hex(json.p, json.len, digest);
    assert_string_equal(told.p, digest);
    struct json *doc = json_parse(json.p, json.len, &err);
    assert_non_null(doc);
    json_free(doc);
    buf_finish(&json);
    buf_finish(&told);
}

static size_t
count_of(const char *text, const char *part)
{
    size_t n = 0;
    while ((text = strstr(text, part)) != NULL) {
        n++;
        text += strlen(part);
    }
    return n;
}

/* ---- tests ---- */

static void
hostile_evidence_gives_a_whole_and_harmless_page(void **state)
{
    struct kit *k = *state;
    struct buf out;
    fill(k, 200);
    page(k, "--texts", &out);
    assert_page(&out);
    assert_non_null(strstr(out.p, "&lt;/script&gt;&lt;script&gt;"));
    static const char *const charts[] = {"leads-chart", "quality-chart", "time-chart",
                                         "flow-chart",  "raters-chart",  "ttft-claude",
                                         "ttft-llama",  "total-claude",  "total-llama"};
    for (size_t i = 0; i < ARRAY_LEN(charts); i++)
        assert_non_null(strstr(out.p, charts[i]));
    assert_non_null(strstr(out.p, "LLAMA leads"));
    buf_finish(&out);
}

static void
the_page_holds_the_report_as_json_prints_it(void **state)
{
    struct kit *k = *state;
    struct buf out, json, printed;
    struct err err = {""};
    fill(k, 40);
    page(k, "", &out);
    assert_int_equal(run(k, "report --json", &printed), EXIT_DONE);
    inner_text(out.p, "report-json", &json);
    static const char *const same[] = {"flow",  "overall", "categories",
                                       "judge", "brains",  "scores"};
    struct json *one = json_parse(json.p, json.len, &err),
                *two = json_parse(printed.p, printed.len, &err);
    for (size_t i = 0; i < ARRAY_LEN(same); i++) {
        struct buf a, b;
        buf_init(&a, 1 << 20);
        buf_init(&b, 1 << 20);
        assert_true(json_print(json_at(one, same[i]), &a) && json_print(json_at(two, same[i]), &b));
        assert_string_equal(a.p, b.p);
        buf_finish(&a);
        buf_finish(&b);
    }
    const struct json *word = json_first(json_at(one, "made.command"));
    assert_string_equal(json_str(word), "report");
    assert_string_equal(json_str(json_next(word)), "--html");
    json_free(one);
    json_free(two);
    buf_finish(&json);
    buf_finish(&printed);
    buf_finish(&out);
}

static void
the_sample_is_the_same_again_and_has_texts_only_when_asked(void **state)
{
    struct kit *k = *state;
    struct buf one, two, texts;
    fill(k, 200);
    page(k, "", &one);
    page(k, "", &two);
    page(k, "--texts", &texts);
    const char *sample = strstr(one.p, "<section id=\"sample\""),
               *again = strstr(two.p, "<section id=\"sample\"");
    size_t n = (size_t)(strstr(sample, "</section>") - sample);
    assert_memory_equal(sample, again, n);
    assert_int_equal(count_of(sample, "<th scope=\"row\">&lt;b&gt;"), 24);
    static const char *const outcomes[] = {"<td>LLAMA better</td>", "<td>Claude better</td>",
                                           "<td>tie</td>", "<td>both bad</td>"};
    for (size_t i = 0; i < ARRAY_LEN(outcomes); i++)
        assert_true(count_of(sample, outcomes[i]) >= 4);
    assert_null(strstr(sample, "Tidak apa-apa"));
    assert_int_equal(count_of(texts.p, "Tidak apa-apa"), 24);
    buf_finish(&one);
    buf_finish(&two);
    buf_finish(&texts);
}

static void
long_texts_do_not_make_the_page_too_large(void **state)
{
    struct kit *k = *state;
    struct buf in, out;
    buf_init(&in, 64 << 20);
    for (int i = 0; i < 30; i++) {
        buf_printf(&in,
                   "{\"id\":\"v%d\",\"ts\":%d,\"session\":\"s\",\"turn\":%d,\"left\":\"llama\","
                   "\"winner\":\"tie\",\"message\":\"",
                   i, i, i + 1);
        for (int w = 0; w < 20000; w++)
            buf_append_str(&in, "\\\"'&");
        buf_append_str(
            &in, "\",\"answers\":{\"claude\":{\"text\":\"a\"},\"llama\":{\"text\":\"b\"}}}\n");
    }
    merge(k, in.p, "30 verdicts added");
    page(k, "--texts", &out);
    assert_page(&out);
    buf_finish(&in);
    buf_finish(&out);
}

static void
an_empty_store_says_what_to_do_and_simulated_verdicts_are_marked(void **state)
{
    struct kit *k = *state;
    struct buf in, out;
    page(k, "", &out);
    assert_page(&out);
    assert_non_null(strstr(out.p, "No verdicts yet."));
    assert_non_null(strstr(out.p, "berdua --blind"));
    assert_null(strstr(out.p, "SIMULATED"));
    buf_finish(&out);
    buf_init(&in, 1 << 20);
    add_record(&in, "v", "s", 1, 10, "\"flags\":[\"simulated\"],");
    merge(k, in.p, "1 verdict added");
    page(k, "", &out);
    assert_page(&out);
    assert_non_null(strstr(out.p, "SIMULATED"));
    assert_non_null(strstr(out.p, "No verdicts yet."));
    buf_finish(&in);
    buf_finish(&out);
}

static void
a_page_that_cannot_be_written_names_the_file_and_leaves_nothing(void **state)
{
    struct kit *k = *state;
    struct buf out;
    assert_int_equal(run_on(k, "report --html", "none/page.html", &out), EXIT_FAILED);
    assert_said(k, "none/page.html");
    assert_said(k, "its folder does not exist");
    buf_finish(&out);
    static const char *const wrong[] = {"report --html ''", "report --texts",
                                        "report --json --html x.html"};
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        assert_int_equal(run(k, wrong[i], &out), EXIT_USAGE);
        buf_finish(&out);
    }
}

int
main(int argc, char **argv)
{
    if (cmd_asked(argc, argv))
        return merge_kit_main(argc, argv, &command_report);
#define T(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        T(hostile_evidence_gives_a_whole_and_harmless_page),
        T(the_page_holds_the_report_as_json_prints_it),
        T(the_sample_is_the_same_again_and_has_texts_only_when_asked),
        T(long_texts_do_not_make_the_page_too_large),
        T(an_empty_store_says_what_to_do_and_simulated_verdicts_are_marked),
        T(a_page_that_cannot_be_written_names_the_file_and_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
