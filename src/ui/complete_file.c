#include "complete_file.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "berdua/base/mem.h"
#include "berdua/base/path.h"

enum { MOST_FILES = 2000 };

/* What the word begins with is kept as it was typed, "~/" too. */
static void
add_entry(const char *typed, int lead, const char *folder, const char *name, candidate_sink *add,
          void *arg)
{
    struct stat st;
    char *path = xasprintf("%s/%s", folder, name);
    bool inside = stat(path, &st) == 0 && S_ISDIR(st.st_mode);
    char *candidate = xasprintf("%.*s%s%s", lead, typed, name, inside ? "/" : "");
    add(arg, candidate);
    free(candidate);
    free(path);
}

void
complete_file(const char *word, candidate_sink *add, void *arg)
{
    const char *slash = strrchr(word, '/'), *begun = slash ? slash + 1 : word;
    int lead = (int)(begun - word);
    char *typed = xasprintf("%.*s", lead, word), *folder = path_expand(lead ? typed : ".");
    DIR *dir = opendir(folder);
    const struct dirent *e;
    for (int i = 0; dir && i < MOST_FILES && (e = readdir(dir)) != NULL; i++)
        if (strncmp(e->d_name, begun, strlen(begun)) == 0 && (e->d_name[0] != '.' || *begun == '.'))
            add_entry(word, lead, folder, e->d_name, add, arg);
    if (dir)
        closedir(dir);
    free(folder);
    free(typed);
}
