/* Turns the checked settings into struct config, and checks the rules between keys. */
#include "berdua/conf/conf.h"
#include "berdua/conf/config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "berdua/base/err.h"
#include "berdua/base/mem.h"
#include "berdua/base/path.h"
#include "settings.h"

const struct model_conf *
config_model(const struct brain_conf *b, const char *tier)
{
    for (size_t i = 0; tier && i < b->model_count; i++)
        if (strcmp(b->models[i].tier, tier) == 0)
            return &b->models[i];
    return b->models;
}

const char *
config_rater(const struct config *c)
{
    const char *user = getenv("USER");
    if (c->evaluate.rater && *c->evaluate.rater)
        return c->evaluate.rater;
    return user && *user ? user : "anonymous";
}

const struct style_conf *
config_style(const struct brain_conf *b, const char *name)
{
    for (size_t i = 0; name && i < b->style_count; i++)
        if (strcmp(b->styles[i].name, name) == 0)
            return &b->styles[i];
    return NULL;
}

/* The first that is given; NAN when it is null, or when none is. */
static double
number_sent(double style, double model, double brain)
{
    double v = !isnan(style) ? style : !isnan(model) ? model : brain;
    return v < 0 ? NAN : v;
}

double
config_temperature(const struct brain_conf *b, const struct model_conf *m,
                   const struct style_conf *style)
{
    return number_sent(style ? style->temperature : NAN, m->temperature, b->temperature);
}

double
config_top_p(const struct brain_conf *b, const struct model_conf *m, const struct style_conf *style)
{
    return number_sent(style ? style->top_p : NAN, m->top_p, b->top_p);
}

int
config_max_tokens(const struct brain_conf *b, const struct model_conf *m,
                  const struct style_conf *style)
{
    if (style && style->max_tokens)
        return style->max_tokens;
    return m->max_tokens ? m->max_tokens : b->max_tokens;
}

void
config_finish(struct config *c)
{
    for (int i = 0; i < BRAIN_COUNT; i++) {
        free(c->brains[i].models);
        free(c->brains[i].styles);
        free(c->brains[i].headers);
    }
    free(c->route.rules);
    free(c->keys);
    free(c->macros);
    *c = (struct config){0};
}

/* ---- where a leaf's value goes ---- */

/* The array with an instance of this name at its end; the structure of an instance begins with its name. The leaves of
 * one name are neighbours in the tree, so only the last instance is compared. */
static void *
with_instance(void *array, size_t *count, size_t size, const char *name)
{
    if (*count && strcmp(*(char **)((char *)array + (*count - 1) * size), name) == 0)
        return array;
    array = xreallocarray(array, *count + 1, size);
    char *last = (char *)array + (*count)++ * size;
    memset(last, 0, size);
    *(char **)last = (char *)name;
    return array;
}

static void *
owner_of(struct config *c, const struct option *o, const struct path *p)
{
    struct brain_conf *b = NULL;
    if (strcmp(p->at[0], "brains") == 0)
        b = &c->brains[brain_id_parse(p->at[1])];
    switch (o->owner) {
    case OWNER_CONFIG:
        return c;
    case OWNER_BRAIN:
        return b;
    case OWNER_MODEL:
        b->models = with_instance(b->models, &b->model_count, sizeof *b->models, p->at[3]);
        return &b->models[b->model_count - 1];
    case OWNER_MANNER:
        b->styles = with_instance(b->styles, &b->style_count, sizeof *b->styles, p->at[3]);
        return &b->styles[b->style_count - 1];
    case OWNER_HEADER:
        b->headers = with_instance(b->headers, &b->header_count, sizeof *b->headers, p->at[3]);
        return &b->headers[b->header_count - 1];
    case OWNER_RULE:
        c->route.rules =
            with_instance(c->route.rules, &c->route.rule_count, sizeof *c->route.rules, p->at[2]);
        return &c->route.rules[c->route.rule_count - 1];
    case OWNER_KEY:
    case OWNER_MACRO:
        break;
    }
    return NULL;
}

/* The value in the form that the rest of the program uses; a new string. */
static char *
normalized(const struct setting *s)
{
    size_t n = strlen(s->value);
    switch (s->option->type) {
    case OPT_PATH:
        return path_expand(s->value);
    case OPT_URL:
        while (n && s->value[n - 1] == '/' && !strchr(s->value, '?'))
            n--;
        return xstrndup(s->value, n);
    case OPT_STORE: {
        const char *path = strncmp(s->value, "sqlite:", 7) == 0 ? s->value + 7 : s->value;
        if (strstr(s->value, "://"))
            return xstrdup(s->value);
        char *expanded = path_expand(path);
        char *url = xasprintf("sqlite:%s", expanded);
        free(expanded);
        return url;
    }
    default:
        return xstrdup(s->value);
    }
}

static void
put_leaf(struct config *c, struct setting *s)
{
    struct path p;
    setting_path(s, &p);
    s->used = s->value ? normalized(s) : NULL;
    if (s->option->owner == OWNER_MACRO) {
        if (!s->used) /* a line without a value */
            return;
        c->macros = xreallocarray(c->macros, c->macro_count + 1, sizeof *c->macros);
        c->macros[c->macro_count++] =
            (struct macro_conf){.name = (char *)p.at[1], .lines = s->used};
        return;
    }
    if (s->option->owner != OWNER_KEY) {
        option_store(s->option, s->used, owner_of(c, s->option, &p));
        return;
    }
    c->keys = xreallocarray(c->keys, c->key_count + 1, sizeof *c->keys);
    c->keys[c->key_count++] =
        (struct key_binding){.focus = (char *)p.at[1], .key = (char *)p.at[2], .action = s->used};
}

/* ---- what must fit together ---- */

/* A default tier that `models` does not have is replaced by the first one there, or by none. */
static bool
settle_tier(struct setting *root, struct setting *leaf, const char *brain, bool to_first,
            struct err *reason)
{
    struct setting *models =
        setting_child(setting_child(setting_at(root, "brains"), brain), "models");
    if (!leaf->value || !leaf->value[0] || setting_child(models, leaf->value))
        return true;
    if (leaf->from == FROM_DEFAULT) {
        setting_put(leaf, to_first ? models->first->key : NULL, FROM_DEFAULT);
        return true;
    }
    const char *words[33];
    int n = 0;
    for (struct setting *m = models->first; m && n < 32; m = m->next)
        words[n++] = m->key;
    words[n] = NULL;
    const char *near = nearest_word(words, leaf->value);
    if (near)
        return err_set(reason, "%s has no tier \"%.40s\" (did you mean \"%s\"?)", brain,
                       leaf->value, near);
    return err_set(reason, "%s has no tier \"%.40s\" in its models", brain, leaf->value);
}

/* The shipped lengths of styles stand while none is set of the brain or its models: one that is set goes before them, so
 * that it is what the server gets. */
static void
settle_lengths(const struct setting *brain)
{
    static const char *const lengths[] = {"max_tokens", "greeting_max_tokens"};
    bool set = setting_child(brain, "max_tokens")->from != FROM_DEFAULT;
    for (const struct setting *m = setting_child(brain, "models")->first; m && !set; m = m->next)
        set = setting_child(m, "max_tokens")->from != FROM_DEFAULT;
    for (struct setting *s = set ? setting_child(brain, "modes")->first : NULL; s; s = s->next)
        for (size_t i = 0; i < ARRAY_LEN(lengths); i++) {
            struct setting *leaf = setting_child(s, lengths[i]);
            if (leaf->from == FROM_DEFAULT)
                setting_put(leaf, leaf->option->value, FROM_DEFAULT);
        }
}

static bool
check_plain_http(struct setting *section, const char *url_key, struct setting **wrong,
                 struct err *reason)
{
    struct setting *url = setting_child(section, url_key);
    const struct setting *allow = setting_child(section, "allow_http");
    if (!url->value || !url_is_plain_http(url->value) || url_is_loopback(url->value) ||
        (allow->value && strcmp(allow->value, "true") == 0))
        return true;
    *wrong = url;
    return err_set(reason, "plain http to a host that is not this machine; use https, or set "
                           "allow_http: true");
}

static bool
check_secret(struct setting *key, struct setting **wrong, struct err *reason)
{
    int given = 0;
    for (struct setting *s = key->first; s; s = s->next)
        given += s->value != NULL;
    *wrong = key;
    return given <= 1 || err_set(reason, "give one of env, file and command");
}

/* No message repeats it. The rest is checked when the server is reached, by PostgreSQL's own reader of addresses. */
static bool
check_team(struct setting *team, struct setting **wrong, struct err *reason)
{
    struct setting *url = setting_child(team, "url");
    *wrong = url;
    if (url->value) {
        const char *authority = strstr(url->value, "://");
        if (!authority || (strncmp(url->value, "postgresql://", 13) != 0 &&
                           strncmp(url->value, "postgres://", 11) != 0))
            return err_set(reason, "not an address that begins with postgresql://");
        authority += 3;
        const char *at = strchr(authority, '@'), *colon = strchr(authority, ':');
        if ((at && colon && colon < at) || strstr(url->value, "password="))
            return err_set(reason, "holds a password; name its source in team.password, or put it "
                                   "into the file that PGPASSFILE names");
    }
    return check_secret(setting_child(team, "password"), wrong, reason);
}

static bool
is_one_of(const char *name, const char *const *names)
{
    while (*names && strcasecmp(*names, name) != 0)
        names++;
    return *names != NULL;
}

static bool
check_headers(struct setting *headers, struct setting **wrong, struct err *reason)
{
    static const char *const keys[] = {"authorization",
                                       "proxy-authorization",
                                       "x-api-key",
                                       "api-key",
                                       "x-goog-api-key",
                                       "cookie",
                                       NULL};
    static const char *const framing[] = {"content-length", "transfer-encoding", "connection",
                                          "expect", NULL};
    for (struct setting *h = headers->first; h; h = h->next) {
        const char *value = setting_child(h, "value")->value;
        const char *env = setting_child(h, "env")->value;
        *wrong = h;
        if ((value && *value) == (env != NULL))
            return err_set(reason, "give a value or {env: NAME}");
        if (value && is_one_of(h->key, keys))
            return err_set(reason, "a key must not stand in the file; use {env: NAME}");
        if (is_one_of(h->key, framing))
            return err_set(reason,
                           "the length and the connection of a request are not yours to set");
    }
    return true;
}

static bool
check_brain(struct setting *root, struct setting *brain, struct setting **wrong, struct err *reason)
{
    struct setting *models = setting_child(brain, "models");
    *wrong = models;
    if (!models->first)
        return err_set(reason, "at least one tier is needed, e.g. fast: {id: NAME}");
    for (struct setting *m = models->first; m; m = m->next) {
        const struct setting *id = setting_child(m, "id");
        *wrong = m;
        if (!id->value || !id->value[0])
            return err_set(reason, "id is missing");
    }
    settle_lengths(brain);
    *wrong = setting_child(brain, "model");
    return settle_tier(root, *wrong, brain->key, true, reason) &&
           check_plain_http(brain, "base_url", wrong, reason) &&
           check_secret(setting_child(brain, "api_key"), wrong, reason) &&
           check_headers(setting_child(brain, "headers"), wrong, reason);
}

static bool
check_rule(struct setting *root, struct setting *rule, struct setting **wrong, struct err *reason)
{
    const char *brain = setting_child(rule, "brain")->value;
    const char *fallback = setting_child(rule, "fallback")->value;
    *wrong = setting_child(rule, "model");
    if (!settle_tier(root, *wrong, brain, false, reason))
        return false;
    *wrong = setting_child(rule, "fallback_model");
    if (strcmp(fallback, "none") != 0 && !settle_tier(root, *wrong, fallback, false, reason))
        return false;
    struct setting *mode = *wrong = setting_child(rule, "mode");
    if (!mode->value || !mode->value[0] || strcmp(mode->value, "auto") == 0)
        return true;
    struct setting *modes =
        setting_child(setting_child(setting_at(root, "brains"), brain), "modes");
    return setting_child(modes, mode->value) ||
           err_set(reason, "%s has no mode \"%.40s\" in its modes", brain, mode->value);
}

bool
config_build(struct config *c, struct setting *root, struct setting **wrong, struct err *reason)
{
    for (struct setting *b = setting_at(root, "brains")->first; b; b = b->next)
        if (!check_brain(root, b, wrong, reason))
            return false;
    for (struct setting *r = setting_at(root, "route.rules")->first; r; r = r->next)
        if (!check_rule(root, r, wrong, reason))
            return false;
    *wrong = setting_at(root, "judge.model");
    if (!settle_tier(root, *wrong, setting_at(root, "judge.brain")->value, false, reason))
        return false;
    struct setting *chroma = setting_at(root, "knowledge.chroma");
    struct setting *embeddings = setting_at(root, "knowledge.embeddings");
    if (!check_plain_http(chroma, "url", wrong, reason) ||
        !check_plain_http(embeddings, "base_url", wrong, reason) ||
        !check_secret(setting_child(chroma, "api_key"), wrong, reason) ||
        !check_secret(setting_child(embeddings, "api_key"), wrong, reason) ||
        !check_team(setting_at(root, "team"), wrong, reason))
        return false;
    *c = (struct config){0};
    for (struct setting *s = setting_next_leaf(root, NULL); s; s = setting_next_leaf(root, s))
        put_leaf(c, s);
    return true;
}
