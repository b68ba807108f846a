#include "tty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "berdua/base/err.h"

enum { STUCK_MS = 2000 };

/* Terminal descriptors are shared with the shell: making them non-blocking would outlive us. */
static int
reopen(int fd)
{
    char name[256];
    int again = -1;
    if (ttyname_r(fd, name, sizeof name) == 0)
        again = open(name, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    return again >= 0 ? again : fcntl(fd, F_DUPFD_CLOEXEC, 3);
}

bool
tty_open(struct tty *t, int in_fd, int out_fd, struct err *err)
{
    *t = (struct tty){.in_fd = in_fd, .out_fd = -1, .opened_fd = -1};
    if (in_fd < 0 && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)) {
        t->in_fd = STDIN_FILENO;
        out_fd = STDOUT_FILENO;
    } else if (in_fd < 0) {
        t->in_fd = t->opened_fd = out_fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
        if (t->in_fd < 0)
            return err_set(err, "no terminal: /dev/tty: %s", strerror(errno));
    }
    if (tcgetattr(t->in_fd, &t->cooked) != 0 || (t->out_fd = reopen(out_fd)) < 0) {
        err_set(err, "no terminal: %s", strerror(errno));
        tty_close(t);
        return false;
    }
    t->raw = t->cooked;
    t->raw.c_iflag &=
        ~(tcflag_t)(BRKINT | ICRNL | IGNCR | INLCR | INPCK | ISTRIP | IXON | IXOFF | PARMRK);
    /* curses moves down with a bare LF. */
    t->raw.c_oflag &= ~(tcflag_t)OPOST;
    t->raw.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | IEXTEN | ISIG);
    t->raw.c_cc[VMIN] = 1;
    t->raw.c_cc[VTIME] = 0;
    return true;
}

void
tty_close(struct tty *t)
{
    if (t->out_fd >= 0)
        close(t->out_fd);
    if (t->opened_fd >= 0)
        close(t->opened_fd);
    t->out_fd = t->opened_fd = -1;
}

/* Never waits for output to drain: a stopped terminal would hold the program at its end. */
void
tty_raw(const struct tty *t)
{
    tcsetattr(t->in_fd, TCSANOW, &t->raw);
}

void
tty_cooked(const struct tty *t, bool drop_typed)
{
    if (drop_typed)
        tcflush(t->in_fd, TCIFLUSH);
    tcsetattr(t->in_fd, TCSANOW, &t->cooked);
}

void
tty_size(const struct tty *t, int *rows, int *cols)
{
    struct winsize ws = {.ws_row = 0};
    if (ioctl(t->in_fd, TIOCGWINSZ, &ws) != 0 || (ws.ws_row == 0 && ws.ws_col == 0)) {
        ws.ws_row = 24;
        ws.ws_col = 80;
    }
    *rows = ws.ws_row ? ws.ws_row : 1;
    *cols = ws.ws_col ? ws.ws_col : 1;
}

bool
tty_write(const struct tty *t, const char *p, size_t n)
{
    while (n) {
        ssize_t put = write(t->out_fd, p, n);
        if (put > 0) {
            p += put;
            n -= (size_t)put;
            continue;
        }
        if (put < 0 && errno == EINTR)
            continue;
        struct pollfd wait = {.fd = t->out_fd, .events = POLLOUT};
        if (put < 0 && errno != EAGAIN)
            return false;
        int ready = poll(&wait, 1, STUCK_MS);
        if (ready == 0 || (ready < 0 && errno != EINTR) || wait.revents & (POLLERR | POLLHUP))
            return false;
    }
    return true;
}
