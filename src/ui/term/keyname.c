#include "keyname.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"
#include "input.h"

static const char *const named[] = {
    "Space", "Enter", "Tab",  "Backspace", "Esc", "Up",  "Down", "Left", "Right",
    "Home",  "End",   "PgUp", "PgDn",      "Ins", "Del", "F1",   "F2",   "F3",
    "F4",    "F5",    "F6",   "F7",        "F8",  "F9",  "F10",  "F11",  "F12",
};

static const struct {
    const char *written, *name;
} aliases[] = {
    {"Return", "Enter"}, {"CR", "Enter"},      {"Escape", "Esc"},  {"BS", "Backspace"},
    {"Delete", "Del"},   {"Insert", "Ins"},    {"PageUp", "PgUp"}, {"PageDown", "PgDn"},
    {"Spc", "Space"},    {"BackTab", "S-Tab"}, {"NewLine", "C-j"},
};

static const struct {
    const char *written;
    unsigned mod;
} modifiers[] = {
    {"C-", KEY_CTRL},   {"Ctrl-", KEY_CTRL}, {"Control-", KEY_CTRL},
    {"A-", KEY_ALT},    {"M-", KEY_ALT},     {"Alt-", KEY_ALT},
    {"Meta-", KEY_ALT}, {"S-", KEY_SHIFT},   {"Shift-", KEY_SHIFT},
};

void
keyname_named(char out[KEY_NAME_BYTES], unsigned mods, const char *base)
{
    snprintf(out, KEY_NAME_BYTES, "%s%s%s%s", mods & KEY_CTRL ? "C-" : "",
             mods & KEY_ALT ? "A-" : "", mods & KEY_SHIFT ? "S-" : "", base);
}

/* Keys whose code is also a control character. */
static const struct {
    const char *name;
    char byte;
} named_chars[] = {{"Space", ' '}, {"Enter", '\r'}, {"Tab", '\t'}, {"Backspace", 127}, {"Esc", 27}};

static const char *
named_char(uint32_t cp)
{
    for (size_t i = 0; i < ARRAY_LEN(named_chars); i++)
        if (cp == (uint32_t)named_chars[i].byte)
            return named_chars[i].name;
    return NULL;
}

/* Ctrl with a character, brought to what a terminal without newer encodings can tell apart. */
static bool
ctrl_byte(uint32_t cp, char *byte)
{
    if (cp >= 'A' && cp <= 'Z')
        cp += 'a' - 'A';
    if (cp >= 'a' && cp <= 'z')
        *byte = (char)(cp - 'a' + 1);
    else if (cp == '@' || cp == ' ')
        *byte = 0;
    else if (cp >= '[' && cp <= '_')
        *byte = (char)(cp - '@');
    else if (cp == '/')
        *byte = 0x1f;
    else
        return false;
    return true;
}

static void
put_bytes(char bytes[8], size_t *n, unsigned mods, const char *p, size_t len)
{
    *n = 0;
    if (mods & KEY_ALT)
        bytes[(*n)++] = 27;
    memcpy(bytes + *n, p, len);
    *n += len;
}

static bool
control_char(char out[KEY_NAME_BYTES], char bytes[8], size_t *n, unsigned mods, char byte)
{
    char base[2] = {(char)(byte ? (byte < 27 ? byte + 'a' - 1 : byte + '@') : 0), 0};
    keyname_named(out, (mods & KEY_ALT) | KEY_CTRL, byte ? base : "Space");
    put_bytes(bytes, n, mods, &byte, 1);
    return true;
}

bool
keyname_char(char out[KEY_NAME_BYTES], char bytes[8], size_t *n, unsigned mods, uint32_t cp)
{
    char byte = 0;
    *n = 0;
    /* C-i, C-m and C-[ are Tab, Enter and Esc: no older terminal can tell them apart. */
    if (mods & KEY_CTRL && ctrl_byte(cp, &byte) && (byte == 9 || byte == 13 || byte == 27))
        return keyname_char(out, bytes, n, mods & KEY_ALT, (uint32_t)byte);
    const char *base = named_char(cp);
    if (base && !(cp == ' ' && mods & KEY_CTRL)) {
        if (cp == ' ')
            mods &= ~(unsigned)KEY_SHIFT;
        keyname_named(out, mods, base);
        if (cp == 9 && mods & KEY_SHIFT) {
            memcpy(bytes, "\033[Z", 3);
            *n = 3;
        } else if (cp != 13 ||
                   !(mods & (KEY_SHIFT | KEY_CTRL))) { /* those are not Enter, which sends */
            byte = (char)cp;
            put_bytes(bytes, n, mods, &byte, 1);
        }
        return true;
    }
    if (mods & KEY_CTRL && ctrl_byte(cp, &byte))
        return control_char(out, bytes, n, mods, byte);
    if (cp < 32)
        return control_char(out, bytes, n, mods, (char)cp);
    if (cp < 0xA0 && cp > 126)
        return false;
    if (mods & KEY_SHIFT && cp >= 'a' && cp <= 'z')
        cp -= 'a' - 'A';
    char text[5] = "";
    size_t len = utf8_encode(cp, text);
    text[len] = 0;
    keyname_named(out, mods & ~(unsigned)KEY_SHIFT, text);
    if (!(mods & KEY_CTRL))
        put_bytes(bytes, n, mods, text, len);
    return true;
}

static const char *
find_named(const char *s)
{
    for (size_t i = 0; i < ARRAY_LEN(named); i++)
        if (strcasecmp(named[i], s) == 0)
            return named[i];
    return NULL;
}

bool
input_key_name(const char *written, char out[24])
{
    unsigned mods = 0;
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < ARRAY_LEN(modifiers) && !again; i++) {
            size_t n = strlen(modifiers[i].written);
            if (strncasecmp(written, modifiers[i].written, n) == 0 && written[n]) {
                mods |= modifiers[i].mod;
                written += n;
                again = true;
            }
        }
    }
    for (size_t i = 0; i < ARRAY_LEN(aliases); i++)
        if (strcasecmp(aliases[i].written, written) == 0)
            return mods ? input_key_name(aliases[i].name, out) && aliases[i].name[1] != '-' &&
                              (keyname_named(out, mods, aliases[i].name), true)
                        : input_key_name(aliases[i].name, out);
    char bytes[8];
    size_t n = 0;
    if (strcasecmp(written, "Space") == 0)
        return keyname_char(out, bytes, &n, mods, ' ');
    const char *base = find_named(written);
    if (base) {
        keyname_named(out, mods, base);
        return true;
    }
    uint32_t cp = 0;
    size_t len = strlen(written);
    if (len == 0 || utf8_decode(written, len, &cp) != len || (len == 1 && cp == 0xFFFD) ||
        cp <= 32 || cp == 127)
        return false;
    return keyname_char(out, bytes, &n, mods, cp);
}

bool
keyname_bytes(const char *name, char bytes[8], size_t *n)
{
    char out[KEY_NAME_BYTES];
    unsigned mods = 0;
    for (; name[0] && name[1] == '-' && name[2]; name += 2)
        mods |= *name == 'C' ? KEY_CTRL : *name == 'A' ? KEY_ALT : KEY_SHIFT;
    for (size_t i = 0; i < ARRAY_LEN(named_chars); i++)
        if (strcmp(named_chars[i].name, name) == 0)
            return keyname_char(out, bytes, n, mods, (uint32_t)named_chars[i].byte) && *n > 0;
    uint32_t cp = 0;
    size_t len = strlen(name);
    if (len == 0 || utf8_decode(name, len, &cp) != len)
        return false;
    return keyname_char(out, bytes, n, mods, cp) && *n > 0;
}
