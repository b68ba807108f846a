#include "csi.h"

#include <string.h>

#include "input.h"
#include "keyname.h"

enum { MAX_PARAMS = 6 };

struct params {
    int v[MAX_PARAMS];   /* -1: left out */
    int sub[MAX_PARAMS]; /* first sub-parameter after ':', -1: none */
    int n;
    char private;      /* one of < = > ?, or 0 */
    bool intermediate; /* a byte of 0x20..0x2f came */
};

static void
read_params(struct params *out, const char *p, size_t n)
{
    *out = (struct params){.n = 0};
    for (int i = 0; i < MAX_PARAMS; i++)
        out->v[i] = out->sub[i] = -1;
    int subs = 0;
    for (size_t i = 0; i < n; i++) {
        char c = p[i];
        if (c >= '<' && c <= '?') {
            if (!out->private)
                out->private = c;
        } else if (c == ';') {
            out->n++;
            subs = 0;
        } else if (c == ':') {
            subs++;
        } else if (c >= '0' && c <= '9') {
            if (out->n >= MAX_PARAMS || subs > 1)
                continue;
            int *v = subs ? &out->sub[out->n] : &out->v[out->n];
            if (*v < 100000000)
                *v = (*v < 0 ? 0 : *v) * 10 + (c - '0');
        } else {
            out->intermediate = true;
        }
    }
    out->n++;
}

/* Super and Hyper, which no key of ours has: such a key is no key without them. */
enum { KEY_FOREIGN = 8 | 16, KEY_META = 32 };

static unsigned
mods_of(int param)
{
    unsigned mods = param > 1 ? (unsigned)(param - 1) : 0;
    return (mods & (KEY_SHIFT | KEY_ALT | KEY_CTRL | KEY_FOREIGN)) |
           (mods & KEY_META ? KEY_ALT : 0);
}

static const char *
tilde_key(int code)
{
    static const char *const keys[] = {
        [1] = "Home", [2] = "Ins",  [3] = "Del",  [4] = "End",  [5] = "PgUp",
        [6] = "PgDn", [7] = "Home", [8] = "End",  [11] = "F1",  [12] = "F2",
        [13] = "F3",  [14] = "F4",  [15] = "F5",  [17] = "F6",  [18] = "F7",
        [19] = "F8",  [20] = "F9",  [21] = "F10", [23] = "F11", [24] = "F12",
    };
    return code >= 0 && code < (int)(sizeof keys / sizeof *keys) ? keys[code] : NULL;
}

static const char *
letter_key(char final)
{
    static const char *const keys[] = {
        ['A'] = "Up",   ['B'] = "Down", ['C'] = "Right", ['D'] = "Left", ['F'] = "End",
        ['H'] = "Home", ['P'] = "F1",   ['Q'] = "F2",    ['R'] = "F3",   ['S'] = "F4",
    };
    return final >= 0 && final < (int)(sizeof keys / sizeof *keys) ? keys[(int) final] : NULL;
}

/* kitty numbers the keypad and some keys above U+E000; the rest of that range is no key for us. */
static enum csi_meaning
unicode_key(struct csi *out, int code, int shifted, unsigned mods)
{
    out->mods = mods;
    if (code == 8)
        code = 127;
    if (code >= 57399 && code <= 57408)
        code = '0' + code - 57399;
    else if (code == 57414)
        code = 13;
    else if (code >= 0xE000 && code <= 0xF8FF)
        return CSI_NOTHING;
    if (mods & KEY_SHIFT && shifted > 32)
        code = shifted;
    if (code < 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
        return CSI_NOTHING;
    out->cp = (uint32_t)code;
    return CSI_CHAR;
}

static enum csi_meaning
read_tilde(struct csi *out, const struct params *ps, bool ctrl)
{
    if (ps->v[0] == 200)
        return CSI_PASTE_BEGIN;
    if (ps->v[0] == 201)
        return CSI_NOTHING;
    if (ps->v[0] == 27 && ps->n >= 3)
        return unicode_key(out, ps->v[2], -1, mods_of(ps->v[1]));
    out->base = tilde_key(ps->v[0]);
    out->mods |= mods_of(ps->v[1]) | (ctrl ? KEY_CTRL : 0);
    return CSI_KEY;
}

static enum csi_meaning
read_mouse(struct input_event *ev, const struct params *ps, char final)
{
    if (ps->n < 3 || ps->v[1] < 1 || ps->v[2] < 1)
        return CSI_NOTHING;
    ev->button = ps->v[0];
    ev->col = ps->v[1] - 1;
    ev->row = ps->v[2] - 1;
    ev->press = final == 'M';
    return CSI_MOUSE;
}

/* rxvt tells an arrow under a modifier by a small letter. */
static enum csi_meaning
read_final(struct csi *out, char final, unsigned small_mod)
{
    bool small = final >= 'a' && final <= 'd';
    out->base = letter_key(small ? (char)(final - 'a' + 'A') : final);
    out->mods |= small ? small_mod : 0;
    return CSI_KEY;
}

static enum csi_meaning
read_letter(struct csi *out, struct input_event *ev, const struct params *ps, char final)
{
    if (ps->sub[1] == 3)
        return CSI_NOTHING; /* a release, where the terminal reports them */
    switch (final) {
    case '~':
        return read_tilde(out, ps, false);
    case '^':
        return read_tilde(out, ps, true);
    case 'u':
        return unicode_key(out, ps->v[0], ps->sub[0], mods_of(ps->v[1]));
    case 'I':
    case 'O':
        if (ps->v[0] >= 0)
            return CSI_NOTHING;
        ev->press = final == 'I';
        return CSI_FOCUS;
    case 'M':
        return ps->v[0] < 0 ? CSI_X10_MOUSE : CSI_NOTHING;
    case 'Z':
        out->base = "Tab";
        out->mods |= KEY_SHIFT;
        return CSI_KEY;
    case 'R':
        /* Shift-F3 and its kind look like a cursor report from row 1; we never ask for one. */
        if (ps->v[0] > 1 || ps->v[1] > 16)
            return CSI_REPLY;
        break;
    case 'c':
    case 'n':
    case 't':
    case 'x':
    case 'y':
        return CSI_REPLY;
    default:
        break;
    }
    out->mods |= mods_of(ps->n > 1 ? ps->v[1] : ps->v[0]);
    return read_final(out, final, KEY_SHIFT);
}

static enum csi_meaning
read_ss3(struct csi *out, const struct params *ps, char final)
{
    static const char keypad[] = "*+,-./0123456789";
    out->mods |= mods_of(ps->n > 1 ? ps->v[1] : ps->v[0]);
    if (final == 'M')
        out->cp = 13;
    else if (final == 'I')
        out->cp = 9;
    else if (final >= 'j' && final <= 'y')
        out->cp = (unsigned char)keypad[final - 'j'];
    return out->cp ? CSI_CHAR : read_final(out, final, KEY_CTRL);
}

static enum csi_meaning
read_sequence(struct csi *out, struct input_event *ev, const char *p, size_t n)
{
    *out = (struct csi){.base = NULL};
    if (n > 1 && p[1] == 27) {
        out->mods = KEY_ALT;
        p++;
        n--;
    }
    if (n < 3)
        return CSI_NOTHING;
    char final = p[n - 1];
    if (p[1] == '[' && p[2] == '[' && n == 4) {
        if (final >= 'A' && final <= 'E')
            out->base = tilde_key(11 + final - 'A');
        return CSI_KEY;
    }
    struct params ps;
    read_params(&ps, p + 2, n - 3);
    if (p[1] == 'O')
        return read_ss3(out, &ps, final);
    if (ps.private == '<' && (final == 'M' || final == 'm'))
        return read_mouse(ev, &ps, final);
    if (ps.private || ps.intermediate)
        return CSI_REPLY;
    return read_letter(out, ev, &ps, final);
}

enum csi_meaning
csi_read(struct csi *out, struct input_event *ev, const char *p, size_t n)
{
    enum csi_meaning what = read_sequence(out, ev, p, n);
    bool key = what == CSI_KEY || what == CSI_CHAR;
    return key && out->mods & KEY_FOREIGN ? CSI_NOTHING : what;
}

bool
csi_opens_string(char opener, unsigned char c)
{
    if (opener == ']')
        return (c >= '0' && c <= '9') || c == 'l' || c == 'L';
    if (opener != 'P')
        return c >= 32 && c != 127;
    return (c >= '0' && c <= '9') || (c && strchr("!>+$|", c));
}
