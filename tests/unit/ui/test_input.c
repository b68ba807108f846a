/* Bytes of the keyboard become keys, mouse and focus events; for pastes see test_input_paste.c. */
#include "input_kit.h"

static void
each_key_has_its_canonical_name_however_it_is_encoded(void **state)
{
    (void)state;
    check("aZ/ \t\r\n\x7f\x08", "<a><Z></><Space><Tab><Enter><C-j><Backspace><C-h>");
    check("\x01\x18\x1a\x1c\x1f", "<C-a><C-x><C-z><C-\\><C-_>");
    char *nul = events("\0", 1, NULL);
    assert_string_equal(nul, "<C-Space>");
    free(nul);
    check("\033x\0331\033\r\033\x7f\033\x01\033 ",
          "<A-x><A-1><A-Enter><A-Backspace><C-A-a><A-Space>");
    check("\033[A\033OB\033[1;5C\033[1;3D\033[1;2A\033[1;8B",
          "<Up><Down><C-Right><A-Left><S-Up><C-A-S-Down>");
    check("\033[H\033OF\033[1~\033[4~\033[7~\033[8~", "<Home><End><Home><End><Home><End>");
    check("\033[2~\033[3~\033[5~\033[6~\033[3;5~", "<Ins><Del><PgUp><PgDn><C-Del>");
    check("\033OP\033OQ\033OR\033OS\033[15~\033[17~\033[24~", "<F1><F2><F3><F4><F5><F6><F12>");
    check("\033[11~\033[[A\033[[E\033[1;2R\033[1;5P", "<F1><F1><F5><S-F3><C-F1>");
    check("\033[Z", "<S-Tab>");
    check("\033\033[A\033\033OC", "<A-Up><A-Right>");
    check("\033OM\033Oj\033Op", "<Enter><*><0>");
    check("\033Oa\033[c", "<C-Up>{r [c}");
}

static void
newer_encodings_come_as_the_older_keys(void **state)
{
    (void)state;
    check("\033[97;5u\033[27;5;97~\033[13;3u\033[27;3;13~", "<C-a><C-a><A-Enter><A-Enter>");
    check("\033[27u\033[9;2u\033[127u\033[32;5u", "<Esc><S-Tab><Backspace><C-Space>");
    check("\033[97;2u\033[49:33;2u\033[27;2;65~", "<A><!><A>");
    check("\033[105;5u\033[109;5u", "<Tab><Enter>");
    check("\033[97;5:3u\033[57441;2u\033[57414u", "<Enter>");
    check("\033[1;5:1A\033[1;5:3A", "<C-Up>");
}

struct last {
    char bytes[64];
    size_t n;
};

static void
keep_bytes(void *arg, const struct input_event *ev)
{
    struct last *last = arg;
    last->n = ev->len;
    memcpy(last->bytes, ev->bytes, ev->len);
}

static void
the_editor_gets_old_bytes_for_new_encodings_and_the_others_as_sent(void **state)
{
    (void)state;
    static const struct {
        const char *sent, *given;
    } cases[] = {
        {"\033[97;5u", "\x01"},
        {"\033[120;3u", "\033x"},
        {"\033[13;3u", "\033\r"},
        {"\033[A", "\033[A"},
        {"\033OA", "\033OA"},
        {"\xc3\xa9", "\xc3\xa9"},
        {"\033\xc3\xa9", "\033\xc3\xa9"},
        {"\033[9;2u", "\033[Z"},
        {"\033[1;5P", "\033[1;5P"},
        {"\x0b", "\x0b"},
        {"\033OM", "\r"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct last last = {.n = 0};
        struct input *in = input_create(keep_bytes, &last);
        input_feed(in, cases[i].sent, strlen(cases[i].sent), 0);
        assert_int_equal(last.n, strlen(cases[i].given));
        assert_memory_equal(last.bytes, cases[i].given, last.n);
        input_destroy(&in);
    }
}

static void
characters_of_several_bytes_survive_any_split(void **state)
{
    (void)state;
    check("é😀\033ñ漢", "<é><😀><A-ñ><漢>");
    check("\xff"
          "a\xc3(\xe2\x82z",
          "<\xef\xbf\xbd><a><\xef\xbf\xbd><(><\xef\xbf\xbd><\xef\xbf\xbd><z>");
    check("\xc2\x85\xc2\x9c"
          "A",
          "<A>");
    check("\xe2\x82", "<\xef\xbf\xbd>");
}

static void
a_lone_escape_is_a_key_after_25_ms_and_never_eats_the_next(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 1000);
    struct input *in = input_create(note, &out);
    assert_true(input_deadline(in) == NEVER_US);
    input_feed(in, "\033", 1, 5000);
    assert_true(input_deadline(in) == 5000 + INPUT_ESC_MS * US_PER_MS);
    input_tick(in, 29999);
    assert_string_equal(out.p, "");
    input_tick(in, 30000);
    assert_string_equal(out.p, "<Esc>");
    assert_true(input_deadline(in) == NEVER_US);
    input_feed(in, "x", 1, 31000);
    assert_string_equal(out.p, "<Esc><x>");
    /* The loop came late: the second key was read before the timer could fire. */
    input_feed(in, "\033", 1, 50000);
    input_feed(in, "y", 1, 90000);
    assert_string_equal(out.p, "<Esc><x><Esc><y>");
    input_feed(in, "\033", 1, 100000);
    input_feed(in, "y", 1, 101000);
    assert_string_equal(out.p, "<Esc><x><Esc><y><A-y>");
    input_destroy(&in);
    buf_finish(&out);
    check("\033\033", "<Esc><Esc>");
    check("\033\033\033[A", "<Esc><A-Up>");
    check("\033\033x", "<Esc><A-x>");
}

static void
alt_with_a_bracket_is_a_key_when_nothing_follows(void **state)
{
    (void)state;
    check("\033[", "<A-[>");
    check("\033O", "<A-O>");
    check("\033]", "<A-]>");
    check("\033P", "<A-P>");
    check("\033]x", "<A-]><x>");
    check("\033Px", "<A-P><x>");
    check("\033_", "<A-_>");
    check("\033^", "<A-^>");
    check("\033X", "<A-X>");
}

static void
enter_under_a_modifier_is_not_the_enter_that_sends(void **state)
{
    (void)state;
    static const struct {
        const char *sent, *name;
        size_t bytes;
    } keys[] = {
        {"\033[13;2u", "S-Enter", 0},      {"\033[27;2;13~", "S-Enter", 0},
        {"\033[13;5u", "C-Enter", 0},      {"\033[27;5;13~", "C-Enter", 0},
        {"\033[27;6;13~", "C-S-Enter", 0}, {"\033[13;3u", "A-Enter", 2},
        {"\033[57414;2u", "S-Enter", 0},   {"\033[13;129u", "Enter", 1},
        {"\033[27;33;49~", "A-1", 2},      {"\033[49;3u", "A-1", 2},
    };
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        struct last last = {.n = 99};
        struct input *in = input_create(keep_bytes, &last);
        input_feed(in, keys[i].sent, strlen(keys[i].sent), 1000);
        input_destroy(&in);
        assert_int_equal(last.n, keys[i].bytes);
        char *named = events(keys[i].sent, strlen(keys[i].sent), NULL);
        char *expected = xasprintf("<%s>", keys[i].name);
        assert_string_equal(named, expected);
        free(expected);
        free(named);
    }
    /* Super and Hyper make another key, which has no name here. */
    check("\033[13;9u\033[13;17u\033[27;9;13~x", "<x>");
}

static void
the_wait_after_escape_is_as_long_as_was_asked_for(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 1000);
    struct input *in = input_create(note, &out);
    input_wait_for_escape(in, 150);
    input_feed(in, "\033", 1, 0);
    input_tick(in, 149 * US_PER_MS);
    input_feed(in, "1", 1, 149 * US_PER_MS);
    input_feed(in, "\033", 1, 1000 * US_PER_MS);
    input_feed(in, "1", 1, 1151 * US_PER_MS);
    assert_string_equal(out.p, "<A-1><Esc><1>");
    input_destroy(&in);
    buf_finish(&out);
}

static void
mouse_and_focus_reports_are_taken(void **state)
{
    (void)state;
    check("\033[<64;10;5M\033[<0;1;1M\033[<0;3;2m", "{m 64 4 9 1}{m 0 0 0 1}{m 0 1 2 0}");
    check("\033[I\033[Ox", "{f 1}{f 0}<x>");
    check("\033[M !!a", "<a>");
    check("\033[<64;0;5M\033[<1Ma", "<a>");
}

static void
answers_of_the_terminal_are_never_keys(void **state)
{
    (void)state;
    check("\033[?62;22c\033[>41;377;0c\033[?2026;2$ya",
          "{r [?62;22c}{r [>41;377;0c}{r [?2026;2$y}<a>");
    check("\033[24;80R\033[0n\033[8;24;80t\033[?0u", "{r [24;80R}{r [0n}{r [8;24;80t}{r [?0u}");
    check("\033]11;rgb:0000/0000/0000\033\\b", "{r ]11;rgb:0000/0000/0000\033\\}<b>");
    check("\033]10;rgb:ff\x07"
          "c",
          "{r ]10;rgb:ff\x07}<c>");
    check("\033P1$r0m\033\\\033P>|term 1\033\\d", "{r P1$r0m\033\\}{r P>|term 1\033\\}<d>");
    check("\033_Gi=1;OK\033\\\033_any\033\\\033^any\033\\\033Xany\033\\e",
          "{r _Gi=1;OK\033\\}{r _any\033\\}{r ^any\033\\}{r Xany\033\\}<e>");
    check("\033]11;never ends", "");
    /* C1, as UTF-8 */
    check("\xc2\x9d"
          "11;rgb:0000/0000/0000\xc2\x9c"
          "b",
          "{r ]11;rgb:0000/0000/0000\xc2\x9c}<b>");
    check("a\xc2\x9b?2026;2$yb\xc2\x9b"
          "A\xc2\x8fP",
          "<a>{r [?2026;2$y}<b><Up><F1>");
    check("\xc2\x9b"
          "200~one\rtwo\033[201~",
          "[one\ntwo]");
    check("\033]11;broken off\rx", "<x>");
    check("\033P1\033[A", "<Up>");
}

static void
broken_sequences_lose_only_themselves(void **state)
{
    (void)state;
    check("\033[12\033[Ax", "<Up><x>");
    check("\033[1;\x18x", "<x>");
    check("\033[1\rz", "<Enter><z>");
    check("\033[1;5é", "<é>");
    check("\033O1;5Px", "<C-F1><x>");
    check("\033O11111111111111;5Zx", "<><x>");
    check("\033[9999999999999999999999~x", "<><x>");
    char wide[200] = "\033[";
    memset(wide + 2, '1', 150);
    strncat(wide, "Aq", 3);
    check(wide, "<q>");
}

static void
any_split_of_random_bytes_gives_the_same_events(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "\033",   "[",        "O",     "\033[200~", "\033[201~", "1;5", "A",
        "~",      "\033]11;", "\x07",  "\033\\",    "P",         "é",   "\xf0\x9f",
        "\xff",   "\r",       "x",     "<64;1;1M",  "?2026;1$y", "u",   "\x18",
        "\033[M", "\033[[",   "97;5u", "\033[I",    "\xc2",      " ",
    };
    struct rng rng = {2026};
    for (int round = 0; round < 3000; round++) {
        struct buf s;
        buf_init(&s, 4096);
        uint32_t n = 1 + rng_below(&rng, 14);
        for (uint32_t i = 0; i < n; i++)
            buf_append_str(&s, pieces[rng_below(&rng, ARRAY_LEN(pieces))]);
        char *whole = events(s.p, s.len, NULL);
        for (int split = 0; split < 4; split++) {
            char *parts = events(s.p, s.len, &rng);
            assert_string_equal(parts, whole);
            free(parts);
        }
        free(whole);
        buf_finish(&s);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_key_has_its_canonical_name_however_it_is_encoded),
        cmocka_unit_test(newer_encodings_come_as_the_older_keys),
        cmocka_unit_test(the_editor_gets_old_bytes_for_new_encodings_and_the_others_as_sent),
        cmocka_unit_test(characters_of_several_bytes_survive_any_split),
        cmocka_unit_test(a_lone_escape_is_a_key_after_25_ms_and_never_eats_the_next),
        cmocka_unit_test(alt_with_a_bracket_is_a_key_when_nothing_follows),
        cmocka_unit_test(enter_under_a_modifier_is_not_the_enter_that_sends),
        cmocka_unit_test(the_wait_after_escape_is_as_long_as_was_asked_for),
        cmocka_unit_test(mouse_and_focus_reports_are_taken),
        cmocka_unit_test(answers_of_the_terminal_are_never_keys),
        cmocka_unit_test(broken_sequences_lose_only_themselves),
        cmocka_unit_test(any_split_of_random_bytes_gives_the_same_events),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
