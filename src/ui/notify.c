/* Tells an operator who looks elsewhere that answers have ended. */
#include "notify.h"
#include "ui_private.h"

#include "berdua/base/clock.h"

#define LONG_US (INT64_C(10) * US_PER_S)

void
ui_notify_look(struct ui *ui)
{
    bool running = ui_running(ui);
    int64_t now = clock_us();
    if (running && !ui->ran)
        ui->ran_since_us = now;
    bool ended = !running && ui->ran;
    ui->ran = running;
    if (!ended || ui->config->ui.notify == NOTIFY_OFF)
        return;
    if (ui->config->ui.notify == NOTIFY_ALWAYS || ui->unfocused ||
        now - ui->ran_since_us >= LONG_US)
        term_notify(ui->term, "berdua: the answers have ended");
}
