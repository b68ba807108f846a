#include "asleep.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Its letter of state, behind the name in brackets; 'X' where the thread has ended. */
static char
state_of(pid_t pid, const char *thread)
{
    char path[64], text[256];
    snprintf(path, sizeof path, "/proc/%d/task/%.16s/stat", (int)pid, thread);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return 'X';
    ssize_t n = read(fd, text, sizeof text - 1);
    close(fd);
    text[n > 0 ? n : 0] = '\0';
    const char *name_end = strrchr(text, ')');
    return name_end && name_end[1] == ' ' ? name_end[2] : 'X';
}

bool
asleep(pid_t pid, int terminal)
{
    int unread = 0;
    if (ioctl(terminal, FIONREAD, &unread) == 0 && unread > 0)
        return false;
    char path[32];
    snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
    DIR *threads = opendir(path);
    bool all = true;
    for (struct dirent *e; threads && all && (e = readdir(threads));)
        if (e->d_name[0] != '.')
            all = strchr("RD", state_of(pid, e->d_name)) == NULL;
    if (threads)
        closedir(threads);
    return all;
}
