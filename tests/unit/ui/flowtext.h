/* Random text for the tests of flow: Markdown in pieces, with hostile bytes among them. */
#ifndef TESTS_UNIT_FLOWTEXT_H
#define TESTS_UNIT_FLOWTEXT_H

#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/base/random.h"

static inline void
random_text(struct rng *r, struct buf *out, int pieces)
{
    static const char *const pool[] = {
        "kata ",
        "panjang sekali ",
        "sama-sama ",
        "a",
        " ",
        "\n",
        "\n\n",
        "\n\n",
        "\n",
        "**",
        "*",
        "`",
        "```\n",
        "\n```\n",
        "```py\nx = 1\n",
        "~~~\n",
        "~~",
        "# ",
        "\n## Judul\n",
        "- ",
        "\n- item ",
        "\n  - dalam ",
        "\n1. satu ",
        "\n2) dua ",
        "> ",
        "\n> kutip ",
        "\n>\n",
        "    ",
        "\t",
        "\n    kode\n",
        "| a | b |\n|---|--:|\n| 1 | dua |\n",
        "|",
        "\n---\n",
        "\n===\n",
        "-",
        "=",
        "[teks](http://x.y/z)",
        "\n| [peta](http://a.b/c) | <http://x.y> |\n|---|---|\n",
        "[a]: b\n",
        "![g](u)",
        "<b>",
        "<br>",
        "&amp;",
        "&#27;",
        "\\",
        "\r\n",
        "\r",
        "\x1b[31m",
        "\xc2\x9b",
        "\xff",
        "\xe2\x80\xae",
        "\xcc\x81\xcc\x81",
        "\xe4\xb8\xad\xe6\x96\x87",
        "\xf0\x9f\x98\x80",
        "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb",
        "\xf0\x9f\x87\xae\xf0\x9f\x87\xa9",
        "\xe2\x80\x8b",
        "\xf3\xa0\x81\x81",
        "sebuahkatayangpanjangnyatidakmuat",
        "2024 ",
        ". ",
        ", ",
        "\xe2\x80\xa6",
        "\xe0\xb8\x81\xe0\xb8\xb3",
        "\xd7\x90\xd7\x91",
        "\xe2\x9d\xa4\xef\xb8\x8f",
        "      ",
    };
    for (int i = 0; i < pieces; i++) {
        if (rng_below(r, 40) == 0) {
            buf_append(out, "\0", 1);
            continue;
        }
        const char *s = pool[rng_below(r, ARRAY_LEN(pool))];
        buf_append_str(out, s);
        if (rng_below(r, 3) == 0)
            buf_append_str(out, "teks biasa yang lewat ");
    }
}

#endif
