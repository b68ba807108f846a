/* What a page of the chat shows, as lines, where the screen would lay it over the conversation. Loading may wait for the disk or
 * a server: without a screen nothing else is to be kept alive. */
#include "linear_private.h"

#include <stdio.h>
#include <string.h>

#include "berdua/base/clock.h"
#include "berdua/base/err.h"
#include "berdua/conf/secret.h"
#include "berdua/core/thread.h"
#include "berdua/ui/doc.h"
#include "berdua/ui/ui.h"
#include "cmd/out.h"
#include "page/page_source.h"
#include "pages.h"

enum { LINE_COLS = 100 };

/* ---- help ---- */

static void
help_rows(struct doc *d)
{
    for (int a = ACT_NONE + 1; a < ACT_COUNT; a++) {
        const struct action_info *info = action_info((enum action)a);
        if (!linear_instead((enum action)a))
            doc_add(d, DOC_TEXT, NULL, "/%s%s%s: %s", info->command, info->argument ? " " : "",
                    info->argument ? info->argument : "",
                    a == ACT_PANEL ? "print the figures of the turn" : info->help);
    }
    doc_add(d, DOC_TEXT, NULL, "/claude, /llama: that brain's answer is better");
    doc_remark(d, "Any other line is a message; one that begins with // is sent with one slash.");
}

/* ---- all of them ---- */

static void
fill_page(const struct linear *l, const struct page_ops *ops, const char *about, struct doc *d)
{
    struct ui_facts facts = {.user = linear_conversation(l)->user,
                             .measure = runner_measure(l->runner)};
    struct page_view v = {.turn = linear_selected(l),
                          .about = about,
                          .facts = &facts,
                          .config = l->config,
                          .cols = LINE_COLS};
    ops->fill(d, &v);
}

static void
load_page(const struct linear *l, const struct page_ops *ops, const char *about, struct doc *d)
{
    const struct turn *t = linear_selected(l);
    struct keyring *keyring = keyring_create();
    const struct page_source source = {
        .config = l->config,
        .user = linear_conversation(l)->user,
        .about = ops->of_message && !about && t ? t->message : about,
        .measure = runner_measure(l->runner),
        .keyring = keyring,
    };
    thread_forbid_waiting(false);
    ops->load(d, &source);
    thread_forbid_waiting(true);
    keyring_destroy(&keyring);
}

bool
linear_page(const struct linear *l, enum action page, const char *about, struct err *err)
{
    const struct page_ops *ops = page_table[page - ACT_HELP];
    const struct turn *t = linear_selected(l), *last = conversation_last(linear_conversation(l));
    if (!ops->plain && ((t && turn_veiled(t)) || (last && turn_veiled(last))))
        return err_set(err, "hidden while a pair waits for your verdict");
    struct doc *d = doc_create();
    about = *about ? about : NULL;
    if (page == ACT_HELP)
        help_rows(d);
    else if (ops->fill)
        fill_page(l, ops, about, d);
    if (ops->load)
        load_page(l, ops, about, d);
    out_doc(d);
    doc_destroy(&d);
    fflush(stdout);
    return true;
}
