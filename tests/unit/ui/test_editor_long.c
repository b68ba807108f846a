/* Whatever an inputrc can bind to a key, on a text as long as a paste: no key keeps the program for long. */
#include "editor_kit.h"

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ui/edit/readline.h"

#if defined(                                                                                       \
    __SANITIZE_THREAD__) /* there is one thread, and watching it takes a hundred times as long */
enum { LINE_BYTES = 4000 };
#else
enum { LINE_BYTES = 200000 };
#endif
enum { CPU_S = 20 };

/* Latin words, Thai without a space, Cyrillic, Chinese, marks without a letter. */
static const char *const scripts[] = {"satu (dua) ", "\u0e17\u0e35\u0e48", "\u0434", "\u4e2d",
                                      "\u0301"};

static char *
line_of(const char *unit)
{
    struct buf b;
    buf_init(&b, LINE_BYTES + 1);
    while (b.len + strlen(unit) <= LINE_BYTES)
        buf_append_str(&b, unit);
    return buf_take(&b);
}

/* The process ends when one key takes longer. */
static void
allow_cpu(void)
{
    struct rusage used;
    struct rlimit limit = {.rlim_max = RLIM_INFINITY};
    getrusage(RUSAGE_SELF, &used);
    limit.rlim_cur = (rlim_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec + CPU_S);
    setrlimit(RLIMIT_CPU, &limit);
}

/* In the child: the functions from *at on; *at tells which one runs. */
static void
run_functions(const char *line, bool vi, bool counted, volatile size_t *at)
{
    Keymap map = vi ? vi_movement_keymap : emacs_standard_keymap;
    for (; funmap[*at]; ++*at) {
        editor_set_text(t.e, line);
        rl_editing_mode = !vi;
        rl_set_keymap(map);
        char bound[] = {6, 0};
        rl_bind_key_in_map(bound[0], funmap[*at]->function, map);
        rl_point = *at % 3 == 0 ? 0 : *at % 3 == 1 ? rl_end : rl_end / 2;
        while (rl_point > 0 && ((unsigned char)rl_line_buffer[rl_point] & 0xC0) == 0x80)
            rl_point--;
        allow_cpu();
        if (counted)
            type(vi ? "1000" : "\0331000");
        key(bound);
        key("z");
    }
}

static void
no_command_takes_long_on_a_long_text(void **state)
{
    (void)state;
    size_t *at = mmap(NULL, sizeof *at, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(at != MAP_FAILED);
    bool failed = false;
    for (size_t s = 0; s < 4 * ARRAY_LEN(scripts); s++) {
        int status = 0;
        char *line = line_of(scripts[s / 4]);
        for (*at = 0; funmap[*at]; ++*at) {
            pid_t pid = fork();
            assert_true(pid >= 0);
            if (pid == 0) {
                run_functions(line, s % 2, s / 2 % 2, at);
                _exit(0);
            }
            assert_int_equal(waitpid(pid, &status, 0), pid);
            if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
                break;
            print_error("%s, line %zu: signal %d\n", funmap[*at]->name, s,
                        WIFSIGNALED(status) ? WTERMSIG(status) : 0);
            failed = true;
        }
        free(line);
    }
    munmap(at, sizeof *at);
    assert_false(failed);
}

/* Without the marks of a paste each is a key of its own. */
static void
a_long_text_can_be_typed_in_any_script(void **state)
{
    (void)state;
    char *line = line_of("\u0434");
    allow_cpu();
    for (int times = 0; times < 2; times++)
        for (const char *p = line; *p; p += 2)
            editor_key(t.e, p, 2);
    assert_int_equal(strlen(editor_text(t.e)), 2 * strlen(line));
    free(line);
}

static void
marks_without_a_letter_are_passed_and_deleted_at_once(void **state)
{
    (void)state;
    struct buf marks;
    buf_init(&marks, EDITOR_MAX_TEXT_BYTES);
    for (int i = 0; i < 5; i++) { /* 1 MB; readline takes memory for it in steps of 256 bytes */
        char *line = line_of("\u0301");
        buf_append_str(&marks, line);
        free(line);
    }
    allow_cpu();
    editor_set_text(t.e, marks.p);
    key("\001");
    key("\033[C");
    assert_int_equal(editor_cursor(t.e), marks.len);
    key("\001");
    key("\033[3~");
    is("", 0);
    editor_set_text(t.e, marks.p);
    key("\001");
    key("\024"); /* exchanges two characters */
    is(marks.p, 0);
    buf_finish(&marks);
}

static void
use_vi(bool vi)
{
    rl_editing_mode = !vi;
    rl_set_keymap(vi ? vi_movement_keymap : emacs_standard_keymap);
}

static void
a_long_text_is_searched_for_a_character_or_a_bracket_at_once(void **state)
{
    (void)state;
    char *middle = line_of("\u0434"), *text = xasprintf("(%sx)", middle);
    char *changed = xasprintf("(\u0414%sx)", middle + 2);
    size_t end = strlen(text) - 1;
    editor_set_text(t.e, text);
    allow_cpu();
    key("\001");
    key("\035"); /* character-search */
    key("x");
    is(text, end - 1);
    use_vi(true);
    type("f)%");
    is(text, 0);
    key("%");
    is(text, end);
    key("0");
    type("2~");
    is(changed, 3);
    use_vi(false);
    free(changed);
    free(text);
    free(middle);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        EDITOR_TEST(no_command_takes_long_on_a_long_text),
        EDITOR_TEST(a_long_text_can_be_typed_in_any_script),
        EDITOR_TEST(a_long_text_is_searched_for_a_character_or_a_bracket_at_once),
        EDITOR_TEST(marks_without_a_letter_are_passed_and_deleted_at_once)};
    return cmocka_run_group_tests(tests, editor_kit_home, editor_kit_leave);
}
