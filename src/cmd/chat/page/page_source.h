/* What the pages are loaded from, in a worker thread that may wait for the disk and for a server. */
#ifndef BERDUA_CMD_PAGE_SOURCE_H
#define BERDUA_CMD_PAGE_SOURCE_H

#include "berdua/ui/doc.h"
#include "berdua/ui/page.h"

#include <stdbool.h>

struct cancel;
struct config;
struct keyring;
struct measure;

struct page_source {
    const struct config *config;
    const char *user;
    const char *about;             /* a message or text; NULL: none */
    const char *marked;            /* key of the entry whose preview is wanted; NULL: the first */
    bool previews;                 /* they are shown */
    const struct measure *measure; /* NULL: not read yet */
    struct keyring *keyring;
    struct cancel *cancel; /* fires when nobody wants the page any more */
};

#endif
