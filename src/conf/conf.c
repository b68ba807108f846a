#include "berdua/conf/conf.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "berdua/base/buf.h"
#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "berdua/base/spawn.h"
#include "berdua/conf/theme.h"
#include "load.h"

char *
conf_where(const char *flag_file)
{
    if (flag_file)
        return path_expand(flag_file);
    const char *env = getenv("BERDUA_CONFIG");
    if (env && env[0])
        return path_expand(env);
    return path_config("config.yaml");
}

static struct conf *
create_conf(char *take_path)
{
    struct conf *c = xcalloc(1, sizeof *c);
    c->path = take_path;
    c->root = settings_create();
    return c;
}

void
conf_destroy(struct conf **c)
{
    if (!*c)
        return;
    config_finish(&(*c)->config);
    settings_free((*c)->root);
    free((*c)->path);
    free(*c);
    *c = NULL;
}

bool
conf_theme_good(const struct conf *c, struct err *err)
{
    struct theme *t = theme_load(c->config.theme, err);
    if (!t)
        return load_blame(setting_at(c->root, "theme"), c->path, "flag", err);
    theme_destroy(&t);
    return true;
}

const struct config *
conf_get(const struct conf *c)
{
    return &c->config;
}

const char *
conf_path(const struct conf *c)
{
    return c->path;
}

static bool
read_text(struct conf *c, const char *text, size_t n, struct err *err)
{
    struct node *tree;
    bool ok = yaml_parse(c->path, text, n, &tree, err) && load_tree(c->root, c->path, tree, err);
    node_free(&tree);
    return ok;
}

/* Whoever can write the file could have any command run here. */
static bool
commands_are_safe(const struct conf *c, unsigned mode, struct err *err)
{
    struct setting *s = mode & 022 ? setting_next_leaf(c->root, NULL) : NULL;
    while (s && (strcmp(s->key, "command") != 0 || s->from != FROM_FILE))
        s = setting_next_leaf(c->root, s);
    return !s || err_set(err,
                         "%s:%d:%d: it names a command to run, and others than its owner can write "
                         "it (mode %03o); chmod go-w %s",
                         c->path, s->line, s->col, mode, c->path);
}

/* A file that was asked for by name must be there. */
static bool
read_file(struct conf *c, bool must_exist, struct err *err)
{
    if (!must_exist && access(c->path, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR))
        return true;
    struct buf text;
    unsigned mode = 0;
    buf_init(&text, YAML_FILE_MOST);
    bool ok = path_read_mode(c->path, &text, &mode, err) && read_text(c, text.p, text.len, err) &&
              commands_are_safe(c, mode, err);
    buf_finish(&text);
    return ok;
}

static bool
lay_flags(struct conf *c, const struct conf_flags *flags, struct err *err)
{
    if (!flags)
        return true;
    char *url = NULL;
    if (flags->db) {
        bool is_url = strncmp(flags->db, "sqlite:", 7) == 0 || strstr(flags->db, "://");
        url = is_url ? xstrdup(flags->db) : xasprintf("sqlite:%s", flags->db);
    }
    bool ok = load_flag(c->root, "-m", "mode", flags->mode, err) &&
              load_flag(c->root, "-u", "user", flags->user, err) &&
              load_flag(c->root, "--rater", "evaluate.rater", flags->rater, err) &&
              load_flag(c->root, "--blind", "evaluate.blind", flags->blind ? "true" : NULL, err) &&
              load_flag(c->root, "--db", "store.url", url, err);
    free(url);
    return ok;
}

static void
name_secrets(struct config *c)
{
    static const char *const brains[BRAIN_COUNT] = {
        [BRAIN_CLAUDE] = "brains.claude.api_key", [BRAIN_LLAMA] = "brains.llama.api_key"};
    for (int i = 0; i < BRAIN_COUNT; i++)
        c->brains[i].api_key.section = brains[i];
    c->knowledge.chroma_key.section = "knowledge.chroma.api_key";
    c->knowledge.chroma_key.kind = SECRET_TOKEN;
    c->knowledge.embeddings_key.section = "knowledge.embeddings.api_key";
    c->team.password.section = "team.password";
    c->team.password.kind = SECRET_PASSWORD;
}

/* Builds the configuration. When ok is false, or a rule between keys is broken, destroys c and returns NULL. */
static struct conf *
finish_conf(struct conf *c, bool ok, struct err *err)
{
    struct setting *wrong = NULL;
    struct err ignored;
    if (!err)
        err = &ignored;
    if (ok && !config_build(&c->config, c->root, &wrong, err))
        ok = load_blame(wrong, c->path, "flag", err);
    if (ok)
        name_secrets(&c->config);
    if (ok)
        conf_hash(c);
    else
        conf_destroy(&c);
    return c;
}

/* A server on this machine seldom needs a key: the variable that the defaults name may be unset there. The rule goes
 * by the variable's name and not by who wrote it, so that the output of `config show` and `config init` means the
 * same as leaving the line out. */
static void
excuse_absent_keys(struct config *c)
{
    for (int i = 0; i < BRAIN_COUNT; i++) {
        struct brain_conf *b = &c->brains[i];
        char key[NAME_SIZE];
        snprintf(key, sizeof key, "brains.%s.api_key.env", brain_id_name((enum brain_id)i));
        const struct preset *usual = preset_find(key);
        const char *value = b->api_key.env ? getenv(b->api_key.env) : NULL;
        if (!b->api_key.env || !usual || strcmp(b->api_key.env, usual->value) != 0 ||
            (value && value[0]) || !url_is_loopback(b->base_url))
            continue;
        b->api_key.env = NULL;
    }
}

/* An editor or a key command does not get the variables that hold keys. */
static void
hide_keys_from_children(const struct config *c)
{
    for (int i = 0; i < BRAIN_COUNT; i++)
        spawn_hide_variable(c->brains[i].api_key.env);
    for (int i = 0; i < BRAIN_COUNT; i++)
        for (size_t k = 0; k < c->brains[i].header_count; k++)
            spawn_hide_variable(c->brains[i].headers[k].env);
    spawn_hide_variable(c->knowledge.chroma_key.env);
    spawn_hide_variable(c->knowledge.embeddings_key.env);
    spawn_hide_variable(c->team.password.env);
}

struct conf *
conf_load(const struct conf_flags *flags, struct err *err)
{
    const char *file = flags ? flags->file : NULL;
    const char *env = getenv("BERDUA_CONFIG");
    struct conf *c = create_conf(conf_where(file));
    bool ok = read_file(c, file || (env && env[0]), err) && load_environment(c->root, NULL, err) &&
              lay_flags(c, flags, err);
    c = finish_conf(c, ok, err);
    if (c) {
        hide_keys_from_children(&c->config);
        excuse_absent_keys(&c->config);
    }
    return c;
}

struct conf *
conf_load_text(const char *name, const char *text, size_t n, struct err *err)
{
    struct conf *c = create_conf(xstrdup(name));
    return finish_conf(c, read_text(c, text, n, err), err);
}

/* A name, so that the pages about people have somebody to show. */
#define DEMO_USER "mario"

struct conf *
conf_demo(const struct conf_flags *flags, struct err *err)
{
    static const char *const brains[] = {"claude", "llama"};
    struct conf *c = create_conf(conf_where(flags ? flags->file : NULL));
    char *file = path_data("demo.db");
    char *url = xasprintf("sqlite:%s", file);
    setting_put(setting_at(c->root, "store.url"), url, FROM_DEFAULT);
    setting_put(setting_at(c->root, "user"), DEMO_USER, FROM_DEFAULT);
    for (size_t i = 0; i < ARRAY_LEN(brains); i++) {
        struct setting *b = setting_child(setting_at(c->root, "brains"), brains[i]);
        setting_put(setting_child(b, "provider"), "playback", FROM_DEFAULT);
        for (struct setting *s = setting_child(b, "api_key")->first; s; s = s->next)
            setting_put(s, NULL, FROM_DEFAULT);
    }
    bool ok = load_environment(c->root, "ui", err) && load_environment(c->root, "theme", err) &&
              lay_flags(c, flags, err);
    /* The demo remembers the user of -u, but only in the demo's own database: simulated answers must not enter the
     * memory of a real person. */
    struct setting *store = setting_at(c->root, "store.url");
    bool own = store->value && strcmp(store->value, url) == 0;
    if (own)
        setting_put(setting_at(c->root, "memory.enabled"), "true", FROM_DEFAULT);
    free(url);
    free(file);
    c = finish_conf(c, ok, err);
    if (c)
        c->config.demo = own;
    for (int b = 0; c && flags && b < BRAIN_COUNT; b++) {
        c->config.brains[b].unrecorded = flags->unrecorded;
        c->config.brains[b].pace = flags->pace;
    }
    return c;
}
