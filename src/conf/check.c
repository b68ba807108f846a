/* Checks values and stores the checked ones. */
#include "options.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/err.h"
#include "berdua/base/host.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "berdua/conf/conf.h"
#include "berdua/conf/config.h"
#include "yaml.h"

static bool
check_number(const struct option *o, const char *text, struct err *reason)
{
    bool whole = o->type == OPT_INT;
    const char *digits = text + (*text == '-');
    bool shaped = whole ? *digits && strspn(digits, "0123456789") == strlen(digits)
                        : yaml_is_number(text, true);
    const char *kind = whole ? "a whole number" : "a number";
    if (!shaped || strlen(text) > 40)
        return err_set(reason, "expected %s, not \"%.40s\"", kind, text);
    double v = strtod(text, NULL);
    if (v >= o->least && v <= o->most)
        return true;
    return err_set(reason, "out of range: %.40s; accepted is %.10g to %.10g", text, o->least,
                   o->most);
}

static bool
check_word(const struct option *o, const char *text, struct err *reason)
{
    char all[160] = "";
    for (int i = 0; o->words[i]; i++) {
        if (strcmp(o->words[i], text) == 0)
            return true;
        size_t used = strlen(all);
        snprintf(all + used, sizeof all - used, "%s%s", i ? ", " : "", o->words[i]);
    }
    const char *near = nearest_word(o->words, text);
    if (near)
        return err_set(reason, "\"%.40s\" is none of %s (did you mean \"%s\"?)", text, all, near);
    return err_set(reason, "\"%.40s\" is none of %s", text, all);
}

static bool
check_text(const char *text, bool lines, size_t most, struct err *reason)
{
    for (const char *p = text; *p; p++) {
        unsigned char c = (unsigned char)*p;
        if (c == 0x7F || (c < 0x20 && !(lines && (c == '\n' || c == '\t'))))
            return err_set(reason, lines ? "a control character is not allowed"
                                         : "a control character or a line break is not allowed");
    }
    if (!utf8_valid(text, strlen(text))) /* of a flag or the environment */
        return err_set(reason, "not valid UTF-8");
    if (strlen(text) > most)
        return err_set(reason, "longer than %zu bytes", most);
    return true;
}

static bool
check_token(const char *text, struct err *reason)
{
    size_t n = strlen(text);
    if (n == 0 || n > 128)
        return err_set(reason, "expected 1 to 128 characters");
    for (const char *p = text; *p; p++)
        if (*p <= ' ' || *p > '~')
            return err_set(reason, "blanks and special characters are not allowed");
    return true;
}

/* The message never repeats the text, because the user may have written the key itself here. */
static bool
check_env(const char *text, struct err *reason)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";
    static const char all[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789";
    if (!*text || !strchr(letters, *text) || strspn(text, all) != strlen(text) ||
        strlen(text) > 128)
        return err_set(reason, "expected the name of an environment variable, not its value");
    return true;
}

struct url {
    bool tls;
    char host[256];
};

static bool
port_is_good(const char *p)
{
    size_t n = strlen(p);
    return n > 0 && n <= 5 && strspn(p, "0123456789") == n && strtol(p, NULL, 10) >= 1 &&
           strtol(p, NULL, 10) <= 65535;
}

/* Splits "host:port" or "[v6]:port". */
static bool
take_authority(char *authority, struct url *u, struct err *reason)
{
    char *host = authority, *port = NULL;
    if (*host == '[') {
        char *close = strchr(host, ']');
        if (!close || strspn(host + 1, "0123456789abcdefABCDEF:.") != (size_t)(close - host - 1))
            return err_set(reason, "bad URL: the address in brackets is not one");
        if (close[1] && close[1] != ':')
            return err_set(reason, "bad URL: only :PORT may follow the brackets");
        port = close[1] ? close + 2 : NULL;
        close[1] = 0;
    } else {
        char *colon = strchr(host, ':');
        if (colon) {
            *colon = 0;
            port = colon + 1;
        }
        static const char allowed[] =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
        if (!*host)
            return err_set(reason, "bad URL: there is no host");
        if (strspn(host, allowed) != strlen(host))
            return err_set(reason, "bad URL: the host holds a character that none may");
    }
    if (port && !port_is_good(port))
        return err_set(reason, "bad URL: the port is not 1 to 65535");
    snprintf(u->host, sizeof u->host, "%s", host);
    return true;
}

static bool
url_split(const char *text, struct url *u, struct err *reason)
{
    const char *rest;
    if (strncasecmp(text, "https://", 8) == 0)
        rest = text + 8;
    else if (strncasecmp(text, "http://", 7) == 0)
        rest = text + 7;
    else
        return err_set(reason, "bad URL: it must begin with https:// or http://");
    u->tls = rest == text + 8;
    for (const char *p = text; *p; p++) {
        if ((unsigned char)*p >= 0x80)
            return err_set(reason, "bad URL: write letters that are not ASCII as xn--… in the "
                                   "host's name, as %%XX behind it");
        if (*p <= ' ' || *p > '~' || *p == '\\')
            return err_set(reason, "bad URL: blanks and special characters are not allowed");
    }
    if (strchr(rest, '@') && strcspn(rest, "@") < strcspn(rest, "/?#"))
        return err_set(reason, "a user or password in the URL is not accepted; use api_key");
    if (strchr(rest, '#'))
        return err_set(reason, "bad URL: # is not allowed");
    size_t n = strcspn(rest, "/?");
    char authority[256];
    if (n >= sizeof authority || strlen(text) > 1024)
        return err_set(reason, "bad URL: too long");
    memcpy(authority, rest, n);
    authority[n] = 0;
    return take_authority(authority, u, reason);
}

bool
url_is_plain_http(const char *url)
{
    struct url u;
    return url_split(url, &u, NULL) && !u.tls;
}

bool
url_is_loopback(const char *url)
{
    struct url u;
    return url_split(url, &u, NULL) && host_is_loopback(u.host);
}

static bool
check_store(const char *text, struct err *reason)
{
    if (!check_text(text, false, 4096, reason))
        return false;
    if (strncmp(text, "sqlite:", 7) == 0 || strchr("/~.", text[0]))
        return *text ? true : err_set(reason, "expected sqlite:, sqlite:PATH or postgresql://…");
    bool postgres =
        strncmp(text, "postgresql://", 13) == 0 || strncmp(text, "postgres://", 11) == 0;
    if (!postgres)
        return err_set(reason, "expected sqlite:, sqlite:PATH or postgresql://…");
    const char *rest = strstr(text, "://") + 3;
    size_t authority = strcspn(rest, "/?#");
    const char *at = memchr(rest, '@', authority);
    if ((at && memchr(rest, ':', (size_t)(at - rest))) || strstr(rest, "password="))
        return err_set(reason,
                       "a password in the URL is not accepted; use ~/.pgpass or PGPASSWORD");
    return true;
}

bool
option_check(const struct option *o, const char *text, struct err *reason)
{
    if (o->nullable && strcmp(text, "null") == 0)
        return true;
    switch (o->type) {
    case OPT_BOOL:
        if (strcmp(text, "true") == 0 || strcmp(text, "false") == 0)
            return true;
        return err_set(reason, "expected true or false, not \"%.40s\"", text);
    case OPT_INT:
    case OPT_REAL:
        if (o->words && strcmp(text, *o->words) == 0)
            return true;
        return check_number(o, text, reason);
    case OPT_WORD:
        return check_word(o, text, reason);
    case OPT_TEXT:
        return check_text(text, false, 1024, reason);
    case OPT_PROSE:
        return check_text(text, true, 256 * 1024, reason);
    case OPT_TOKEN:
        return check_token(text, reason);
    case OPT_ENV:
        return check_env(text, reason);
    case OPT_URL: {
        struct url u;
        if (!strstr(o->key, "base_url") && strchr(text, '?'))
            return err_set(reason, "bad URL: ? is not allowed, paths are appended to it");
        return url_split(text, &u, reason);
    }
    case OPT_STORE:
        return check_store(text, reason);
    case OPT_PATH:
        return check_text(text, false, 4096, reason);
    case OPT_JSON:
    case OPT_LIST:
        return true; /* checked when it was made JSON */
    }
    return false;
}

void
option_store(const struct option *o, char *text, void *base)
{
    void *place = (char *)base + o->offset;
    bool left_out = text && o->nullable && strcmp(text, "null") == 0;
    switch (o->type) {
    case OPT_BOOL:
        *(bool *)place = text && strcmp(text, "true") == 0;
        return;
    case OPT_INT:
        *(int *)place = left_out ? CONFIG_LEFT_OUT : text ? (int)strtol(text, NULL, 10) : 0;
        return;
    case OPT_REAL:
        *(double *)place = left_out ? CONFIG_LEFT_OUT : text ? strtod(text, NULL) : NAN;
        return;
    case OPT_WORD: {
        int index = 0;
        while (text && o->words[index] && strcmp(o->words[index], text) != 0)
            index++;
        *(int *)place = index + (int)o->least;
        return;
    }
    default:
        *(char **)place = text;
    }
}

void
option_describe(const struct option *o, char *out, size_t size)
{
    switch (o->type) {
    case OPT_BOOL:
        snprintf(out, size, "true or false");
        return;
    case OPT_INT:
    case OPT_REAL:
        snprintf(out, size, "%s, %.10g to %.10g%s%s",
                 o->type == OPT_INT ? "whole number" : "number", o->least, o->most,
                 o->nullable ? ", or null"
                 : o->words  ? ", or "
                             : "",
                 o->words ? *o->words : "");
        return;
    case OPT_WORD:
        out[0] = 0;
        for (int i = 0; o->words[i]; i++) {
            size_t used = strlen(out);
            const char *between = i == 0 ? "" : o->words[i + 1] ? ", " : " or ";
            snprintf(out + used, size - used, "%s%s", between, o->words[i]);
        }
        return;
    default:
        break;
    }
    static const char *const kinds[] = {
        [OPT_TEXT] = "text, one line",
        [OPT_PROSE] = "text",
        [OPT_TOKEN] = "word",
        [OPT_ENV] = "name of a variable",
        [OPT_URL] = "URL",
        [OPT_STORE] = "place of the store",
        [OPT_PATH] = "path",
        [OPT_JSON] = "any mapping",
        [OPT_LIST] = "list of texts",
    };
    snprintf(out, size, "%s%s", o->lone ? "text or " : "", kinds[o->type]);
}
