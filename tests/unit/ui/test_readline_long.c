/* The commands that stand in for readline's in a long text go where readline's go, shown on short ones. */
#include "editor_kit.h"

#include "ui/edit/readline.h"
#include "ui/edit/readline_long.h"

enum { TEXTS = 3000 };

static const struct {
    const char *name;
    rl_command_func_t *theirs, *ours;
    const char *keys;
} pairs[] = {
    {"forward-char", rl_forward_char, long_forward_char, "l"},
    {"backward-char", rl_backward_char, long_backward_char, "h"},
    {"fWord", rl_vi_fWord, long_forward_blank, "W"},
    {"bWord", rl_vi_bWord, long_backward_blank, "B"},
    {"eWord", rl_vi_eWord, long_blank_end, "E"},
    {"fword", rl_vi_fword, long_forward_word, "w"},
    {"bword", rl_vi_bword, long_backward_word, "b"},
    {"eword", rl_vi_eword, long_word_end, "e"},
    {"next-word", rl_vi_next_word, long_next_word, "wW"},
    {"prev-word", rl_vi_prev_word, long_prev_word, "bB"},
    {"end-word", rl_vi_end_word, long_end_word, "eE"},
    {"delete-char", rl_delete, long_delete, "x"},
};

static unsigned seed = 7;

static unsigned
draw(unsigned below)
{
    seed = seed * 1103515245u + 12345u;
    return (seed >> 16) % below;
}

static void
make_text(struct buf *b)
{
    static const char *const pieces[] = {"a", "b", "_", "7",      " ",       " ",      "\t",
                                         ".", "(", "/", "\u00e9", "e\u0301", "\u0e17", "\u4e2d"};
    buf_clear(b);
    buf_append_str(b,
                   "b "); /* readline misses a word that is another kind than the first character */
    for (unsigned n = draw(14); n > 0; n--)
        buf_append_str(b, pieces[draw(ARRAY_LEN(pieces))]);
}

static int
place_in(const char *text)
{
    int at = (int)draw((unsigned)strlen(text) + 1);
    while (at > 0 && (text[at] & 0xC0) == 0x80)
        at--;
    if (strncmp(text + at, "\u0301", 2) == 0)
        at--;
    return at;
}

struct outcome {
    char *text;
    int point;
};

static struct outcome
outcome_of(rl_command_func_t *command, const char *text, int point, int count, int key)
{
    editor_set_text(t.e, text);
    rl_point = point;
    rl_explicit_arg = 0;
    command(count, key);
    return (struct outcome){xstrdup(rl_line_buffer), rl_point};
}

static void
stand_ins_go_where_readline_goes(void **state)
{
    (void)state;
    struct buf text;
    int failed = 0;
    buf_init(&text, 1000);
    for (int i = 0; i < TEXTS; i++) {
        size_t c = draw(ARRAY_LEN(pairs));
        make_text(&text);
        int point = place_in(text.p), count = (int)draw(3) + 1;
        int key = pairs[c].keys[draw((unsigned)strlen(pairs[c].keys))];
        struct outcome theirs = outcome_of(pairs[c].theirs, text.p, point, count, key);
        struct outcome ours = outcome_of(pairs[c].ours, text.p, point, count, key);
        if (strcmp(theirs.text, ours.text) != 0 || theirs.point != ours.point) {
            print_error("%s %d of \"%s\" at %d: \"%s\" at %d instead of \"%s\" at %d\n",
                        pairs[c].name, count, text.p, point, ours.text, ours.point, theirs.text,
                        theirs.point);
            failed++;
        }
        free(theirs.text);
        free(ours.text);
    }
    buf_finish(&text);
    assert_int_equal(failed, 0);
}

/* readline's own leaves some words of vi and takes others twice; for a name it reads the byte before the text. */
static void
a_word_or_a_name_is_taken_out_to_its_bound(void **state)
{
    (void)state;
    static const struct {
        rl_command_func_t *command;
        const char *text;
        int point, count;
        const char *left;
    } samples[] = {{long_rubout_word, "a bc", 4, 1, "a "},
                   {long_rubout_word, "a bc ", 5, 1, "a "},
                   {long_rubout_word, "a.bc", 4, 1, "a."},
                   {long_rubout_word, "a.bc", 4, 2, ""},
                   {long_rubout_word, "a \u00e9\u00e9x", 6, 1, "a x"},
                   {long_rubout_word, "bc", 0, 1, "bc"},
                   {long_rubout_name, "ls /usr/bin", 11, 1, "ls /usr/"},
                   {long_rubout_name, "ls /usr/", 8, 1, "ls /"},
                   {long_rubout_name, "ls b ", 5, 1, "ls "},
                   {long_rubout_name, "b", 1, 3, ""}};
    for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
        struct outcome o = outcome_of(samples[i].command, samples[i].text, samples[i].point,
                                      samples[i].count, 'x');
        assert_string_equal(o.text, samples[i].left);
        free(o.text);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {EDITOR_TEST(stand_ins_go_where_readline_goes),
                                       EDITOR_TEST(a_word_or_a_name_is_taken_out_to_its_bound)};
    return cmocka_run_group_tests(tests, editor_kit_home, editor_kit_leave);
}
