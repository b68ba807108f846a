#include "libcurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>

#include "berdua/base/mem.h"

struct libcurl lib;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static char why_not[200]; /* empty: it is loaded; written under once */

#ifdef __ELF__
#define LIBCURL_NEED                                                                               \
    "[{\"feature\":\"https\",\"description\":\"asks the brains\",\"priority\":\"required\","       \
    "\"soname\":[\"libcurl.so.4\",\"libcurl-gnutls.so.4\"]}]"
/* https://systemd.io/ELF_DLOPEN_METADATA: how a program tells packaging tools what it loads by dlopen. */
__attribute__((used, aligned(4), section(".note.dlopen"))) static const struct {
    uint32_t owner_bytes, text_bytes, type;
    char owner[4];
    char text[(sizeof LIBCURL_NEED + 3) / 4 * 4];
} need = {4, sizeof LIBCURL_NEED, 0x407c0c0a, "FDO", LIBCURL_NEED};
#endif

/* libcurl brings GnuTLS along for protocols that are not spoken here, besides its own TLS library. Asked
 * by this name, which the program exports, GnuTLS does not start itself when it is loaded: that would
 * cost 0.8 MB. A libcurl whose TLS it is starts it explicitly. */
int _gnutls_global_init_skip(void);
int
_gnutls_global_init_skip(void)
{
    return 1;
}

static void
load_library(void)
{
#ifdef __APPLE__
    static const char *const names[] = {"libcurl.4.dylib", "/usr/lib/libcurl.4.dylib"};
#else
    static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};
#endif
    void *so = NULL;
    for (size_t i = 0; i < ARRAY_LEN(names) && !so; i++) {
        so = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
        if (!so && !why_not[0])
            snprintf(why_not, sizeof why_not, "cannot load %s: %s", names[0], dlerror());
    }
    if (!so)
        return;
    why_not[0] = 0;
#define X(name)                                                                                    \
    *(void **)&lib.name = dlsym(so, "curl_" #name);                                                \
    if (!lib.name) {                                                                               \
        snprintf(why_not, sizeof why_not,                                                          \
                 "this libcurl lacks curl_" #name "; " LIBCURL_OLDEST                              \
                 " is the oldest that serves");                                                    \
        return;                                                                                    \
    }
    LIBCURL_FUNCTIONS(X)
#undef X
    const curl_version_info_data *version = lib.version_info(CURLVERSION_NOW);
    if (version->version_num < LIBCURL_OLDEST_BITS) {
        snprintf(why_not, sizeof why_not,
                 "libcurl %s is too old; " LIBCURL_OLDEST " is the oldest that serves",
                 version->version);
        return;
    }
    CURLcode rc = lib.global_init(CURL_GLOBAL_DEFAULT);
    if (rc != CURLE_OK)
        snprintf(why_not, sizeof why_not, "libcurl cannot start: %s", lib.easy_strerror(rc));
}

const char *
libcurl_load(void)
{
    pthread_once(&once, load_library);
    return why_not[0] ? why_not : NULL;
}
