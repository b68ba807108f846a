#include "editor_parts.h"

const char *const inputrc_keys[] = {
    "\"\\e[A\": berdua-line-up",        "\"\\eOA\": berdua-line-up",
    "\"\\e[B\": berdua-line-down",      "\"\\eOB\": berdua-line-down",
    "\"\\e[1;5C\": forward-word",       "\"\\e[1;5D\": backward-word",
    "\"\\e[1;3C\": forward-word",       "\"\\e[1;3D\": backward-word",
    "\"\\e[3~\": delete-char",          "\"\\e[1~\": beginning-of-line",
    "\"\\e[4~\": end-of-line",          "\"\\e[3;5~\": kill-word",
    "\"\\e\\C-?\": backward-kill-word", NULL,
};

const char *const inputrc_emacs_keys[] = {
    "\"\\C-x\\C-r\": re-read-init-file",
    NULL,
};

/* What the screen cannot bear: bells, prompts of readline's own, questions about many candidates, bytes above 127 read as
 * Meta, and half characters. */
const char *const inputrc_enforced[] = {
    "set bell-style none",
    "set show-mode-in-prompt off",
    "set input-meta on",
    "set output-meta on",
    "set convert-meta off",
    "set byte-oriented off",
    "set enable-bracketed-paste off",
    "set mark-modified-lines off",
    "set blink-matching-paren off",
    "set echo-control-characters off",
    NULL,
};
