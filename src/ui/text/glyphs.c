#include "glyphs.h"

const struct glyphs glyphs_unicode = {
    .vertical = "│",
    .horizontal = "─",
    .tee_up = "┴",
    .tee_down = "┬",
    .mark = "❯",
    .dot = "●",
    .ring = "○",
    .star = "★",
    .cross = "✗",
    .down = "▼",
    .up = "▲",
    .middle = " · ",
    .ellipsis = "…",
    .bar = {" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"},
};

const struct glyphs glyphs_ascii = {
    .vertical = "|",
    .horizontal = "-",
    .tee_up = "+",
    .tee_down = "+",
    .mark = ">",
    .dot = "*",
    .ring = "o",
    .star = "*",
    .cross = "x",
    .down = "v",
    .up = "^",
    .middle = " - ",
    .ellipsis = "...",
    .bar = {".", ".", ".", ".", "#", "#", "#", "#", "#"},
};

const struct glyphs glyphs_none = {
    .vertical = " ",
    .horizontal = " ",
    .tee_up = " ",
    .tee_down = " ",
    .mark = "❯",
    .dot = "●",
    .ring = "○",
    .star = "★",
    .cross = "✗",
    .down = "▼",
    .up = "▲",
    .middle = " · ",
    .ellipsis = "…",
    .bar = {" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"},
};
