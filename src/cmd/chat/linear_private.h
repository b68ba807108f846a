/* What the files of text mode share: linear.c (its life, what is read), linear_say.c (what is said of answers and news),
 * linear_command.c (what slash commands do here), linear_page.c (the pages), linear_pair.c (a blind pair). Thread: main. */
#ifndef BERDUA_CMD_LINEAR_PRIVATE_H
#define BERDUA_CMD_LINEAR_PRIVATE_H

#include "berdua/base/buf.h"
#include "berdua/chat/conversation.h"
#include "berdua/conf/config.h"
#include "berdua/session/runner.h"
#include "berdua/store/writer.h"
#include "berdua/ui/action.h"
#include "cmd/input_lines.h"
#include "held_notices.h"
#include "linear_pair.h"

#include <stdbool.h>

struct demo;
struct err;

struct linear {
    const struct config *config;
    struct loop *loop;
    struct runner *runner;
    struct input_lines input;
    bool prompt;       /* a person reads along */
    bool due;          /* the next line may be taken: nothing is awaited any more, or bytes came */
    bool prompted;     /* the prompt stands at the end of what was written */
    struct buf news;   /* what came while it stood: nothing is said behind it */
    int signo;         /* what ended it, 0: nothing yet */
    struct demo *demo; /* NULL: answers are real */
    bool touring;
    bool waking; /* the operator knows that a server starts up */
    struct linear_pair pair;
    char selected[27]; /* the turn that commands are about; "": the last */
    char told[27];     /* that somebody is answering it */
    char asked[27];    /* of which it was asked which answer is better */
    char *needle;      /* of the last search; NULL: none */
    size_t found;      /* which of its matches was shown last, from 0 */
    struct held_notices held;
    const struct answer *unseen; /* of a shadow that has ended */
    enum unsaved_cause unsaved;  /* as last said */
};

const struct conversation *linear_conversation(const struct linear *l);
const struct turn *linear_selected(const struct linear *l);

/* ---- linear_say.c ---- */

/* A line at once, or, while the prompt stands, before the next one. */
void linear_say(struct linear *l, bool error, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* What has been kept back meanwhile. */
void linear_say_news(struct linear *l);
/* An answer is worth a new line: the prompt comes again behind it. */
void linear_leave_prompt(struct linear *l);
const char *linear_unsaved_words(const struct linear *l);
void linear_say_starting(struct linear *l, enum brain_id b);
void linear_say_warm_up(struct linear *l, enum brain_id b);
/* "(both are answering…)", to a person. */
void linear_say_running(struct linear *l, const struct turn *t);
/* Which is better, where that can be said and has not been asked. */
void linear_ask_verdict(struct linear *l);
void linear_print_heading(const struct answer *a);
void linear_print_answer(const struct answer *a);
/* The message, its answers and the verdict; of a blind pair what may be seen. */
void linear_print_turn(const struct linear *l, const struct turn *t);

/* ---- linear_command.c ---- */

bool linear_command(struct linear *l, enum action action, const char *argument, struct err *err);
/* What is to be done instead of a command that only a screen has; NULL: it works here. */
const char *linear_instead(enum action action);

/* ---- linear_page.c ---- */

bool linear_page(const struct linear *l, enum action page, const char *about, struct err *err);

#endif
