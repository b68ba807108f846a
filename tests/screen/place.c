#include "place.h"

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { SLOWER = 4 };
#else
enum { SLOWER = 1 };
#endif

struct place {
    char *dir;
    char **env; /* NULL-terminated */
    size_t env_count;
};

static void
fail_place(const char *what)
{
    perror(what);
    abort();
}

const char *
program_path(void)
{
    const char *p = getenv("BERDUA_BIN");
    return p != NULL ? p : "./berdua";
}

const char *
source_path(void)
{
    const char *p = getenv("BERDUA_SRC");
    return p != NULL ? p : ".";
}

int
patience_ms(void)
{
    const char *s = getenv("BERDUA_TEST_DEADLINE_S");
    long n = s != NULL ? strtol(s, NULL, 10) : 0;
    return n > 0 && n < 3600 ? (int)n * 1000 : 20000 * SLOWER;
}

char *
place_path(const struct place *p, const char *relative)
{
    return xasprintf("%s/%s", p->dir, relative);
}

static void
set_path(struct place *p, const char *name, const char *relative)
{
    char *assignment = xasprintf("%s=%s/%s", name, p->dir, relative);
    place_setenv(p, assignment);
    free(assignment);
}

struct place *
place_create(void)
{
    static const char *const passed_on[] = {"PATH",          "ASAN_OPTIONS", "TSAN_OPTIONS",
                                            "UBSAN_OPTIONS", "LSAN_OPTIONS", "TERMINFO",
                                            "TERMINFO_DIRS"};
    struct place *p = xcalloc(1, sizeof(*p));
    const char *tmp = getenv("TMPDIR");
    p->dir = xasprintf("%s/berdua-test-XXXXXX", tmp != NULL ? tmp : "/tmp");
    if (mkdtemp(p->dir) == NULL)
        fail_place(p->dir);
    p->env = xcalloc(1, sizeof(char *));
    for (size_t i = 0; i < ARRAY_LEN(passed_on); i++) {
        const char *value = getenv(passed_on[i]);
        if (value != NULL) {
            char *assignment = xasprintf("%s=%s", passed_on[i], value);
            place_setenv(p, assignment);
            free(assignment);
        }
    }
    set_path(p, "HOME", "");
    set_path(p, "XDG_CONFIG_HOME", "config");
    set_path(p, "XDG_DATA_HOME", "data");
    set_path(p, "XDG_STATE_HOME", "state");
    set_path(p, "XDG_CACHE_HOME", "cache");
    set_path(p, "XDG_RUNTIME_DIR", "run");
    set_path(p, "TMPDIR", "");
    set_path(p, "INPUTRC", "inputrc"); /* absent unless the test writes it */
    place_setenv(p, "LANG=C.UTF-8");
    place_setenv(p, "TERM=xterm-256color");
    place_setenv(p, "TEST_CLAUDE_KEY=" CLAUDE_KEY);
    place_setenv(p, "TEST_LLAMA_KEY=" LLAMA_KEY);
    return p;
}

static int
remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
    (void)st;
    (void)flag;
    (void)ftw;
    return remove(path);
}

void
place_destroy(struct place **pp)
{
    struct place *p = *pp;
    if (p == NULL)
        return;
    *pp = NULL;
    if (getenv("BERDUA_TEST_KEEP") == NULL)
        nftw(p->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    for (size_t i = 0; i < p->env_count; i++)
        free(p->env[i]);
    free(p->env);
    free(p->dir);
    free(p);
}

void
place_setenv(struct place *p, const char *assignment)
{
    size_t n = strcspn(assignment, "=");
    size_t kept = 0;
    for (size_t i = 0; i < p->env_count; i++) {
        if (strncmp(p->env[i], assignment, n) == 0 && p->env[i][n] == '=')
            free(p->env[i]);
        else
            p->env[kept++] = p->env[i];
    }
    p->env_count = kept;
    p->env = xreallocarray(p->env, kept + 2, sizeof(char *));
    if (assignment[n] == '=')
        p->env[p->env_count++] = xstrdup(assignment);
    p->env[p->env_count] = NULL;
}

char **
place_environ(struct place *p)
{
    return p->env;
}

void
place_write(const struct place *p, const char *relative, const char *text)
{
    char *path = place_path(p, relative);
    for (char *slash = path + strlen(p->dir) + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
    FILE *f = fopen(path, "w");
    if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0)
        fail_place(path);
    free(path);
}

/* One brain's lines; a line of `more` replaces the default of the same key. */
static void
add_brain(struct buf *b, const char *name, const char *defaults, const char *more)
{
    buf_printf(b, "  %s:\n", name);
    for (const char *p = defaults; *p != '\0';) {
        size_t line = strcspn(p, "\n");
        size_t key = strcspn(p, ":");
        bool replaced = false;
        for (const char *m = more; m != NULL && *m != '\0';) {
            replaced = replaced || strncmp(m, p, key + 1) == 0;
            m += strcspn(m, "\n");
            m += *m == '\n';
        }
        if (!replaced)
            buf_printf(b, "    %.*s\n", (int)line, p);
        p += line;
        p += *p == '\n';
    }
    for (const char *m = more; m != NULL && *m != '\0';) {
        size_t line = strcspn(m, "\n");
        buf_printf(b, "    %.*s\n", (int)line, m);
        m += line;
        m += *m == '\n';
    }
}

void
place_config(const struct place *p, const char *claude_url, const char *claude_more,
             const char *llama_url, const char *llama_more, const char *more)
{
    static const char shared[] = "max_tokens: 500\nconnect_ms: 2000\nfirst_token_ms: 5000\n"
                                 "stall_ms: 5000\ntimeout_ms: 15000\nretries: 0\n";
    struct buf b;
    buf_init(&b, 1 << 20);
    char *claude = xasprintf("provider: anthropic\nbase_url: %s\napi_key: {env: TEST_CLAUDE_KEY}\n"
                             "models: {fast: {id: claude-test, price: {input: 1, output: 5}}}\n%s",
                             claude_url, shared);
    char *llama = xasprintf("provider: openai\nbase_url: %s\napi_key: {env: TEST_LLAMA_KEY}\n"
                            "models: {fast: {id: llama-test}}\n%s",
                            llama_url, shared);
    buf_append_str(&b, "brains:\n");
    add_brain(&b, "claude", claude, claude_more);
    add_brain(&b, "llama", llama, llama_more);
    if (more != NULL)
        buf_append_str(&b, more);
    place_write(p, "config/berdua/config.yaml", b.p);
    buf_finish(&b);
    free(claude);
    free(llama);
}

static bool
file_holds(const char *path, const char *bytes)
{
    struct buf b;
    char part[65536];
    size_t n;
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        return false;
    buf_init(&b, 256 << 20);
    while ((n = fread(part, 1, sizeof(part), f)) > 0)
        buf_append(&b, part, n);
    fclose(f);
    bool found = false;
    size_t want = strlen(bytes);
    for (size_t i = 0; i + want <= b.len && !found; i++)
        found = memcmp(b.p + i, bytes, want) == 0;
    if (found)
        fprintf(stderr, "%s holds %s\n", path, bytes);
    buf_finish(&b);
    return found;
}

static bool
folder_holds(const char *dir, const char *bytes)
{
    bool found = false;
    struct dirent *entry;
    DIR *d = opendir(dir);
    while (d != NULL && (entry = readdir(d)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
            strcmp(entry->d_name, "config.yaml") == 0)
            continue;
        struct stat st;
        char *path = xasprintf("%s/%s", dir, entry->d_name);
        if (lstat(path, &st) == 0)
            found |= S_ISDIR(st.st_mode) ? folder_holds(path, bytes) : file_holds(path, bytes);
        free(path);
    }
    if (d != NULL)
        closedir(d);
    return found;
}

bool
place_holds(const struct place *p, const char *bytes)
{
    return folder_holds(p->dir, bytes);
}
