#include "stem.h"

#include <stdint.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "berdua/base/utf8.h"

/* Words that say nothing about the topic, sorted by bytes. Those that do in one language and not in
 * another (Italian "come" how, English "come") are left out when they carry no topic in either. */
static const char *const stop_words[] = {
    "a",      "abbiamo", "about", "ada",       "adalah",  "after",  "agar",   "agli",   "ai",
    "aja",    "akan",    "aku",   "al",        "alla",    "alle",   "allo",   "also",   "am",
    "an",     "anche",   "and",   "anda",      "any",     "apa",    "apakah", "are",    "as",
    "at",     "atau",    "avere", "bagaimana", "bahwa",   "banget", "banyak", "be",     "been",
    "before", "berapa",  "bikin", "bila",      "bisa",    "boleh",  "buat",   "but",    "by",
    "can",    "che",     "chi",   "ci",        "come",    "con",    "cosa",   "cosi",   "così",
    "could",  "cui",     "da",    "dai",       "dal",     "dalam",  "dalla",  "dan",    "dari",
    "de",     "deh",     "dei",   "del",       "della",   "delle",  "dengan", "devo",   "di",
    "did",    "do",      "does",  "doesnt",    "doing",   "dong",   "dont",   "dopo",   "dove",
    "dulu",   "e",       "ed",    "era",       "essere",  "fa",     "faccio", "fare",   "for",
    "from",   "ga",      "gak",   "get",       "gimana",  "give",   "gli",    "go",     "got",
    "gue",    "had",     "hai",   "hanno",     "hanya",   "harus",  "has",    "have",   "he",
    "hello",  "help",    "her",   "hi",        "him",     "his",    "ho",     "how",    "i",
    "if",     "il",      "im",    "in",        "ini",     "into",   "io",     "is",     "isnt",
    "it",     "its",     "itu",   "ive",       "jadi",    "jika",   "juga",   "just",   "ka",
    "kalau",  "kalo",    "kami",  "kamu",      "kapan",   "karena", "ke",     "kenapa", "ketika",
    "kita",   "know",    "kok",   "la",        "lagi",    "lah",    "le",     "lebih",  "lei",
    "let",    "like",    "lo",    "loro",      "lu",      "ma",     "mana",   "many",   "masih",
    "mau",    "may",     "me",    "mengapa",   "mereka",  "mi",     "mia",    "mine",   "mio",
    "molto",  "more",    "much",  "must",      "my",      "ne",     "need",   "nei",    "nel",
    "nella",  "ngga",    "nggak", "nih",       "noi",     "non",    "nostro", "not",    "o",
    "of",     "oleh",    "on",    "only",      "or",      "ora",    "orang",  "our",    "out",
    "pada",   "para",    "per",   "perche",    "perché",  "però",   "piu",    "più",    "please",
    "poi",    "posso",   "punya", "puo",       "può",     "quale",  "quando", "quello", "questo",
    "qui",    "really",  "sa",    "saat",      "saja",    "sama",   "sangat", "saya",   "se",
    "sebuah", "sedang",  "sei",   "sekali",    "seperti", "she",    "should", "si",     "siamo",
    "siapa",  "siete",   "sih",   "so",        "some",    "sono",   "su",     "sua",    "such",
    "sudah",  "sul",     "suo",   "supaya",    "telah",   "tell",   "than",   "that",   "the",
    "their",  "them",    "then",  "there",     "these",   "they",   "thing",  "think",  "this",
    "those",  "ti",      "tidak", "to",        "too",     "tra",    "tu",     "tua",    "tuh",
    "un",     "una",     "uno",   "untuk",     "up",      "us",     "va",     "very",   "vi",
    "vostro", "want",    "was",   "we",        "were",    "what",   "when",   "which",  "who",
    "why",    "will",    "with",  "would",     "ya",      "yang",   "yg",     "you",    "your",
    "yours",  "è",
};

static bool
is_stop_word(const char *w)
{
    size_t low = 0, high = ARRAY_LEN(stop_words);
    while (low < high) {
        size_t mid = (low + high) / 2;
        int c = strcmp(w, stop_words[mid]);
        if (c == 0)
            return true;
        if (c < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return false;
}

static bool
cut(char *w, size_t *n, size_t least, const char *ending)
{
    size_t e = strlen(ending);
    if (*n < least || *n <= e || memcmp(w + *n - e, ending, e) != 0)
        return false;
    *n -= e;
    w[*n] = 0;
    return true;
}

/* Indonesian enclitics, English -ing, -ed and plurals, the final vowel that turns with number and gender
 * in Italian. */
static size_t
cut_endings(char *w, size_t n)
{
    static const char *const enclitics[] = {"nya", "lah", "kah"};
    for (size_t i = 0; i < ARRAY_LEN(enclitics); i++)
        if (cut(w, &n, 7, enclitics[i]))
            break;
    if (!cut(w, &n, 7, "ing"))
        cut(w, &n, 6, "ed");
    if (n >= 5 && !strchr("siu", w[n - 2]))
        cut(w, &n, 5, "s");
    while (n >= 5 && strchr("aeiouy", w[n - 1]))
        w[--n] = 0;
    return n;
}

void
stem_words(const char *p, size_t n, bool (*each)(void *arg, const char *word, size_t len),
           void *arg)
{
    char word[STEM_BYTES];
    for (size_t at = 0, begin = 0; at <= n;) {
        uint32_t cp = 0;
        size_t len = at < n ? utf8_decode(p + at, n - at, &cp) : 1;
        if (len == 0) { /* an end cut within a character */
            n = at;
            len = 1;
        }
        if (at < n && cp != 0xfffd && utf8_cp_in_word(cp)) {
            at += len;
            continue;
        }
        size_t size = at > begin ? utf8_fold_word(p + begin, at - begin, word, sizeof word - 1) : 0;
        word[size] = 0;
        at += len;
        begin = at;
        if (size < 2 || is_stop_word(word))
            continue;
        size = cut_endings(word, size);
        if (!each(arg, word, size))
            return;
    }
}

struct appending {
    struct buf *out;
    bool ok;
};

static bool
append_word(void *arg, const char *word, size_t len)
{
    struct appending *a = arg;
    a->ok = buf_append(a->out, word, len) && buf_append_char(a->out, ' ');
    return a->ok;
}

bool
stem_append(struct buf *out, const char *p, size_t n)
{
    struct appending a = {out, true};
    stem_words(p, n, append_word, &a);
    return a.ok;
}
