/* A bell and a notification when answers end; see ui.notify in the configuration. Thread: main. */
#ifndef BERDUA_UI_NOTIFY_H
#define BERDUA_UI_NOTIFY_H

struct ui;

/* After a change of the conversation's state. */
void ui_notify_look(struct ui *ui);

#endif
