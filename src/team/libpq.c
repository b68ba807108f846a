#include "libpq.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>

#include "berdua/base/mem.h"

struct libpq pq;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static char why_not[200]; /* empty: it is loaded; written under once */

#ifdef __ELF__
#define LIBPQ_NEED                                                                                 \
    "[{\"feature\":\"team\",\"description\":\"a team's PostgreSQL\",\"priority\":\"suggested\","   \
    "\"soname\":[\"libpq.so.5\"]}]"
__attribute__((used, aligned(4), section(".note.dlopen"))) static const struct {
    uint32_t owner_bytes, text_bytes, type;
    char owner[4];
    char text[(sizeof LIBPQ_NEED + 3) / 4 * 4];
} need = {4, sizeof LIBPQ_NEED, 0x407c0c0a, "FDO", LIBPQ_NEED};
#endif

static void
load_libpq(void)
{
#ifdef __APPLE__
    static const char *const names[] = {"libpq.5.dylib",
                                        "/opt/homebrew/opt/libpq/lib/libpq.5.dylib"};
#else
    static const char *const names[] = {"libpq.so.5"};
#endif
    void *so = NULL;
    for (size_t i = 0; i < ARRAY_LEN(names) && !so; i++) {
        so = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
        if (!so && !why_not[0])
            snprintf(why_not, sizeof why_not, "cannot load %s (Debian: libpq5): %s", names[0],
                     dlerror());
    }
    if (!so)
        return;
    why_not[0] = 0;
#define X(name)                                                                                    \
    *(void **)&pq.name = dlsym(so, "PQ" #name);                                                    \
    if (!pq.name) {                                                                                \
        snprintf(why_not, sizeof why_not, "this libpq lacks PQ" #name);                            \
        return;                                                                                    \
    }
    LIBPQ_FUNCTIONS(X)
#undef X
}

const char *
libpq_load(void)
{
    pthread_once(&once, load_libpq);
    return why_not[0] ? why_not : NULL;
}
