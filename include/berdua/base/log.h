/* Diagnostics. In the chat they go to $XDG_STATE_HOME/berdua/log (0600) because the screen belongs
 * to curses; in other commands to stderr. Never holds message text, keys or headers.
 * Thread: any. The one file-static sink is set once, before threads start. */
#ifndef BERDUA_BASE_LOG_H
#define BERDUA_BASE_LOG_H

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

/* file NULL: stderr. Lines above `most` are dropped. */
void log_open(const char *file, enum log_level most);
void log_close(void);
void log_msg(enum log_level level, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
