/* The one door to libcurl, which is loaded on first use and not linked. Linking it, also lazily, costs 6 ms before
 * the prompt is painted (12 in place of 6) and 4.7 MB, mostly for protocols that are not spoken here. The program
 * says what it loads in an ELF note (.note.dlopen) that packaging tools read. Private to net. Thread: any. */
#ifndef BERDUA_NET_LIBCURL_H
#define BERDUA_NET_LIBCURL_H

#include <curl/curl.h>

/* The version that brought CURLOPT_QUICK_EXIT; the Makefile asks pkg-config for the same. */
#define LIBCURL_OLDEST      "7.87.0"
#define LIBCURL_OLDEST_BITS 0x075700

/* clang-format off */
#define LIBCURL_FUNCTIONS(X) \
    X(global_init) X(version) X(version_info) X(free) X(slist_append) X(slist_free_all) \
    X(easy_init) X(easy_cleanup) X(easy_reset) X(easy_setopt) X(easy_getinfo) X(easy_strerror) \
    X(multi_init) X(multi_cleanup) X(multi_strerror) X(multi_add_handle) \
    X(multi_remove_handle) X(multi_perform) X(multi_poll) X(multi_wakeup) X(multi_info_read) \
    X(url) X(url_cleanup) X(url_set) X(url_get)
/* clang-format on */

struct libcurl {
#define X(name) __typeof__(curl_##name) *name;
    LIBCURL_FUNCTIONS(X)
#undef X
};

/* Filled by the first libcurl_load that succeeds, read-only afterwards. */
extern struct libcurl lib;

/* NULL once the library is loaded, else why it is not: missing, or too old. */
const char *libcurl_load(void);

#endif
