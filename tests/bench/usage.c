#include "usage.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The number after "name" in a file of "name<blanks>number" lines; 0 when it is not there. */
static long long
field(const char *path, const char *name)
{
    char line[256];
    long long v = 0;
    size_t n = strlen(name);
    FILE *f = fopen(path, "r");
    while (f && fgets(line, sizeof line, f))
        if (strncmp(line, name, n) == 0)
            v = strtoll(line + n, NULL, 10);
    if (f)
        fclose(f);
    return v;
}

static double
thread_cpu_s(const char *path)
{
    unsigned long long ns = 0;
    FILE *f = fopen(path, "r");
    if (f && fscanf(f, "%llu", &ns) != 1)
        ns = 0;
    if (f)
        fclose(f);
    return (double)ns / 1e9;
}

void
usage_take(struct usage *u, pid_t pid)
{
    char path[512];
    struct dirent *entry;
    *u = (struct usage){0};
    snprintf(path, sizeof path, "/proc/%ld/status", (long)pid);
    u->rss_mb = (double)field(path, "VmRSS:") / 1024;
    snprintf(path, sizeof path, "/proc/%ld/task", (long)pid);
    DIR *d = opendir(path);
    while (d && (entry = readdir(d))) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "/proc/%ld/task/%.20s/schedstat", (long)pid, entry->d_name);
        u->cpu_s += thread_cpu_s(path);
        snprintf(path, sizeof path, "/proc/%ld/task/%.20s/status", (long)pid, entry->d_name);
        u->sleeps += field(path, "voluntary_ctxt_switches:");
    }
    if (d)
        closedir(d);
    u->known = d && u->rss_mb > 0;
}
