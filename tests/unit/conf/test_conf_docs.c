/* The committed example and manual are what the option table says. BERDUA_WRITE_DOCS=1 rewrites them. */
#include "unit/unit.h"

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/path.h"
#include "berdua/conf/conf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char begin[] = ".\\\" reference: begin, made from the option table\n";
static const char end[] = ".\\\" reference: end\n";

static char *
source_path(const char *name)
{
    static char path[1024];
    const char *root = getenv("BERDUA_SRC");
    snprintf(path, sizeof path, "%s/%s", root ? root : ".", name);
    return path;
}

static char *
written_by(void (*write)(FILE *), size_t *size)
{
    char *text = NULL;
    FILE *f = open_memstream(&text, size);
    write(f);
    fclose(f);
    return text;
}

static bool
rewriting(void)
{
    return getenv("BERDUA_WRITE_DOCS") != NULL;
}

static void
put(const char *name, const char *text, size_t n)
{
    FILE *f = fopen(source_path(name), "w");
    assert_non_null(f);
    fwrite(text, 1, n, f);
    fclose(f);
}

static void
the_committed_example_is_the_tables(void **state)
{
    (void)state;
    size_t n;
    char *text = written_by(conf_example, &n);
    if (rewriting())
        put("config.yaml.example", text, n);
    struct buf file;
    struct err err = {""};
    buf_init(&file, 1 << 20);
    assert_true(path_read(source_path("config.yaml.example"), &file, &err));
    assert_string_equal(file.p, text);
    buf_finish(&file);
    free(text);
}

static void
the_example_changes_nothing(void **state)
{
    (void)state;
    size_t n;
    char *text = written_by(conf_example, &n);
    struct err err = {""};
    struct conf *example = conf_load_text("example", text, n, &err);
    if (!example)
        print_error("%s\n", err.text);
    assert_non_null(example);
    struct conf *plain = conf_load_text("example", "", 0, &err);
    char *a = NULL, *b = NULL;
    size_t size;
    FILE *f = open_memstream(&a, &size);
    conf_show(example, false, f);
    fclose(f);
    f = open_memstream(&b, &size);
    conf_show(plain, false, f);
    fclose(f);
    assert_string_equal(a, b);
    free(a);
    free(b);
    conf_destroy(&example);
    conf_destroy(&plain);
    free(text);
}

static void
the_manuals_reference_is_the_tables(void **state)
{
    (void)state;
    struct buf page;
    struct err err = {""};
    buf_init(&page, 1 << 20);
    assert_true(path_read(source_path("man/berdua-config.5"), &page, &err));
    char *from = strstr(page.p, begin), *to = strstr(page.p, end);
    assert_non_null(from);
    assert_non_null(to);
    from += sizeof begin - 1;
    size_t n;
    char *text = written_by(conf_reference_mdoc, &n);
    if (rewriting()) {
        struct buf fresh;
        buf_init(&fresh, 1 << 20);
        buf_append(&fresh, page.p, (size_t)(from - page.p));
        buf_append(&fresh, text, n);
        buf_append_str(&fresh, to);
        put("man/berdua-config.5", fresh.p, fresh.len);
        buf_finish(&fresh);
    } else {
        assert_int_equal(to - from, n);
        assert_memory_equal(from, text, n);
    }
    buf_finish(&page);
    free(text);
}

static void
the_manual_page_is_clean(void **state)
{
    (void)state;
    if (system("command -v mandoc >/dev/null 2>&1") != 0)
        skip();
    char command[1200];
    snprintf(command, sizeof command, "mandoc -Tlint -Wwarning '%s'",
             source_path("man/berdua-config.5"));
    assert_int_equal(system(command), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_committed_example_is_the_tables),
        cmocka_unit_test(the_example_changes_nothing),
        cmocka_unit_test(the_manuals_reference_is_the_tables),
        cmocka_unit_test(the_manual_page_is_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
