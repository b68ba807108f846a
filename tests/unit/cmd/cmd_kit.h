/* For tests of a subcommand that run it in a process of its own: the test's program, called with "run", is the
 * command. Its main says so: if (cmd_asked(argc, argv)) return cmd_NAME(…). */
#ifndef BERDUA_TESTS_CMD_KIT_H
#define BERDUA_TESTS_CMD_KIT_H

#include "unit/store/store_kit.h"

#include "berdua/base/buf.h"
#include "berdua/base/json.h"
#include "cmd/cmd.h"

static const char *program;

/* The command's stdout, and its exit code; what it says on stderr goes to folder/stderr. */
static int
run(const struct kit *k, const char *arguments, struct buf *out)
{
    char *line = xasprintf("XDG_CONFIG_HOME=%s HOME=%s '%s' run '%s' %s 2>%s/stderr", k->folder,
                           k->folder, program, k->path, arguments, k->folder);
    FILE *p = popen(line, "r");
    char chunk[4096];
    size_t n;
    assert_non_null(p);
    buf_init(out, 16 << 20);
    while ((n = fread(chunk, 1, sizeof chunk, p)) > 0)
        buf_append(out, chunk, n);
    int status = pclose(p);
    free(line);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* argv of the command begins at argv[3]; argv[2] is the database. */
static bool
cmd_asked(int argc, char **argv)
{
    program = argv[0];
    return argc > 3 && strcmp(argv[1], "run") == 0;
}

#endif
