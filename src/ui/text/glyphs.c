#include "glyphs.h"

#define UNICODE_SIGNS                                                                              \
    .mark = "❯", .selected = "▸", .dot = "●", .ring = "○", .star = "★", .cross = "✗", .down = "▼", \
    .middle = " · ", .bar = {" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"}, .track = "░",           \
    .low = "├", .reach = "─", .value = "■", .high = "┤", .half = "·", .over_half = "┼",            \
    .gate = "┃", .spark = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"}, .left_half = "▌",         \
    .right_half = "▐", .axis = "│", .becomes = "▸", .one_half = "½"

const struct glyphs glyphs_unicode = {.vertical = "│",
                                      .horizontal = "─",
                                      .tee_up = "┴",
                                      .corner = {"┌", "┐", "└", "┘"},
                                      UNICODE_SIGNS};

const struct glyphs glyphs_none = {.vertical = " ",
                                   .horizontal = " ",
                                   .tee_up = " ",
                                   .corner = {" ", " ", " ", " "},
                                   UNICODE_SIGNS};

const struct glyphs glyphs_ascii = {
    .vertical = "|",
    .horizontal = "-",
    .tee_up = "+",
    .corner = {"+", "+", "+", "+"},
    .mark = ">",
    .selected = "=",
    .dot = "*",
    .ring = "o",
    .star = "*",
    .cross = "x",
    .down = "v",
    .middle = " - ",
    .bar = {".", ".", ".", ".", "#", "#", "#", "#", "#"},
    .track = ".",
    .low = "[",
    .reach = "-",
    .value = "#",
    .high = "]",
    .half = ":",
    .over_half = "+",
    .gate = "|",
    .spark = {" ", ".", ".", ":", ":", "|", "|", "#", "#"},
    .left_half = "=",
    .right_half = "=",
    .axis = "|",
    .becomes = ">",
    .one_half = ":",
};
