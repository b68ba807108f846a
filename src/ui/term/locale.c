#include "locale.h"

#include <locale.h>
#include <stdlib.h>

void
locale_want_utf8(void)
{
    if (MB_CUR_MAX > 1 || (setlocale(LC_CTYPE, "") && MB_CUR_MAX > 1))
        return;
    const char *name = setlocale(LC_CTYPE, "C.UTF-8") ? "C.UTF-8" : "en_US.UTF-8";
    if (!setlocale(LC_CTYPE, name))
        return;
    const char *all = getenv("LC_ALL");
    setenv(all && *all ? "LC_ALL" : "LC_CTYPE", name, 1);
}
