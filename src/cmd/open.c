#include <stdio.h>

#include "berdua/base/err.h"
#include "berdua/conf/conf.h"
#include "cmd.h"

struct conf *
cmd_open_conf(const struct globals *g)
{
    struct err err = {""};
    struct conf_flags flags = {.file = g->config_file, .db = g->db};
    struct conf *conf = conf_load(&flags, &err);
    if (!conf)
        fprintf(stderr, "%s\n", err.text);
    return conf;
}
