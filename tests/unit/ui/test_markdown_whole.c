/* Nothing of an answer is lost: whatever constructs are nested in one another, and whatever stands in them that looks
 * like Markdown and is none, every letter, digit and sign that is no marker of a drawn construct is on the screen. */
#include "unit/unit.h"

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"
#include "ui/text/flow.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 2000, MOST_BYTES = 1 << 20, WIDE = 4000 };

/* None of these is Markdown, wherever it stands between blanks. */
static const char *const plain[] = {
    "5~7",          "~2000",
    "100~200",      "a*b*c",
    "2*3",          "2**3**4",
    "snake_case",   "__init__.py",
    "/usr/_c_/x",   "C:\\_t\\*.x",
    "\\(a_1\\)",    "$x_{i}*y$",
    "f[0](x)",      "[1](a)",
    "C#",           "<x>",
    "{y}",          "~/.c/_a_b",
    "X_1/Y_2",      "3 * 4 * 5",
    "5 ~ 7",        "x^2^",
    "10%",          "&c;",
    "a|b",          "\"kata\"",
    "Kak,",         "caff\u00e8",
    "\u4e2d\u6587", "\u0e17\u0e35\u0e48",
    "->",           "!",
    "a=b",          "#tag",
    "@x",           "1.5",
    "--",           "http://a.b/_c_*d",
};

struct made {
    struct rng rng;
    struct buf source, seen; /* seen: what is to be on the screen, without blanks */
};

static unsigned
draw(struct made *m, unsigned below)
{
    return (unsigned)rng_below(&m->rng, below);
}

/* On the screen as it stands. */
static void
text(struct made *m, const char *p)
{
    buf_append_str(&m->source, p);
    for (; *p; p++)
        if (*p != ' ' && *p != '\n')
            buf_append_char(&m->seen, *p);
}

static void
mark(struct made *m, const char *p)
{
    buf_append_str(&m->source, p);
}

static const char *
any_plain(struct made *m, bool table)
{
    const char *p;
    do
        p = plain[draw(m, ARRAY_LEN(plain))];
    while (table && strchr(p, '|'));
    return p;
}

static void
words(struct made *m, bool table, int depth)
{
    static const char *const pairs[] = {"**", "*", "~~", "_", "***"};
    for (unsigned n = draw(m, 3) + 1; n > 0; n--) {
        unsigned kind = draw(m, 8);
        if (kind == 0 && depth < 2) {
            const char *pair = pairs[draw(m, ARRAY_LEN(pairs))];
            mark(m, pair);
            text(m, "tebal ");
            words(m, table, 2); /* of one kind in another, none */
            text(m, " lagi");
            mark(m, pair);
        } else if (kind == 1) {
            mark(m, "`");
            text(m, any_plain(m, table));
            mark(m, "`");
        } else if (kind == 2 && depth == 0) {
            mark(m, "[");
            text(m, "sini");
            mark(m, "](");
            text(m, "");
            buf_append_str(&m->seen, "(http://x.y/z_1)");
            buf_append_str(&m->source, "http://x.y/z_1)");
        } else {
            text(m, any_plain(m, table));
        }
        if (n > 1)
            mark(m, " ");
    }
}

static void
line(struct made *m, bool table)
{
    text(m, "Kata ");
    words(m, table, 0);
}

static void
table(struct made *m, const char *indent)
{
    for (int row = 0; row < 3; row++) {
        for (int col = 0; col < 2; col++) {
            mark(m, col ? " | " : "| ");
            line(m, true);
        }
        mark(m, " |\n");
        mark(m, indent);
        if (row == 0) {
            mark(m, "|---|---|\n");
            mark(m, indent);
        }
    }
    mark(m, "\n");
}

static void
fence(struct made *m, const char *indent)
{
    mark(m, "```\n");
    for (unsigned n = draw(m, 3) + 1; n > 0; n--) {
        mark(m, indent);
        text(m, any_plain(m, false));
        text(m, " ** # > - [x](y) ~~");
        mark(m, "\n");
    }
    mark(m, indent);
    mark(m, "```\n");
}

static void block(struct made *m, const char *indent, int depth);

/* So many blocks, each behind a sign; `under` stands before their further lines. A number is seen, other signs are not. */
static void
items(struct made *m, const char *sign, const char *under, int count, const char *indent, int depth)
{
    bool seen = *sign == '1';
    char *inner = xasprintf("%s%s", indent, under);
    for (int i = 0; i < count; i++) {
        if (i > 0)
            mark(m, indent);
        (seen ? text : mark)(m, sign);
        block(m, inner, depth + 1);
    }
    free(inner);
}

/* indent stands before each further line of the block. */
static void
block(struct made *m, const char *indent, int depth)
{
    switch (draw(m, depth < 2 ? 8 : 3)) {
    case 0:
    case 1:
        line(m, false);
        mark(m, "\n");
        break;
    case 2:
        fence(m, indent);
        break;
    case 3:
        mark(m, "## ");
        line(m, false);
        mark(m, "\n");
        break;
    case 4:
        items(m, "- ", "  ", 2, indent, depth);
        break;
    case 5:
        items(m, "1. ", "   ", 1, indent, depth);
        break;
    case 6:
        items(m, "> ", "> ", 1, indent, depth);
        break;
    default:
        if (depth == 0)
            table(m, indent);
        else
            line(m, false), mark(m, "\n");
    }
}

/* The characters on the screen but blanks and what the screen draws itself. */
static void
look(struct buf *out, const struct buf *source, int width)
{
    static const char *const drawn[] = {"\u2022", "\u2502", "\u2500", "\u253c"};
    struct flow *f = flow_create(FLOW_MARKDOWN);
    flow_set_width(f, width);
    flow_update(f, source->p, source->len, false);
    for (size_t i = 0, n = flow_row_count(f); i < n; i++) {
        struct flow_row row;
        flow_get(f, i, &row);
        for (size_t at = 0; at < row.len;) {
            size_t skip = row.text[at] == ' ';
            for (size_t k = 0; !skip && k < ARRAY_LEN(drawn); k++)
                if (row.len - at >= 3 && memcmp(row.text + at, drawn[k], 3) == 0)
                    skip = 3;
            if (!skip)
                buf_append_char(out, row.text[at]);
            at += skip ? skip : 1;
        }
    }
    flow_destroy(&f);
}

static void
every_character_that_marks_nothing_is_on_the_screen(void **state)
{
    (void)state;
    struct made m = {.rng = {20261130}};
    struct buf shown;
    int failed = 0;
    buf_init(&m.source, MOST_BYTES);
    buf_init(&m.seen, MOST_BYTES);
    buf_init(&shown, MOST_BYTES);
    for (int round = 0; round < ROUNDS && failed < 10; round++) {
        buf_clear(&m.source);
        buf_clear(&m.seen);
        buf_clear(&shown);
        for (unsigned n = draw(&m, 4) + 1; n > 0; n--) {
            block(&m, "", 0);
            mark(&m, "\n");
        }
        look(&shown, &m.source, WIDE);
        if (strcmp(shown.p, m.seen.p) != 0) {
            print_error("of:\n%sthere is:\n%s\nand not:\n%s\n\n", m.source.p, shown.p, m.seen.p);
            failed++;
        }
    }
    buf_finish(&m.source);
    buf_finish(&m.seen);
    buf_finish(&shown);
    assert_int_equal(failed, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_character_that_marks_nothing_is_on_the_screen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
