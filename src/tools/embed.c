/* Build tool: turns files into one C table (base/embedded.h), so that the program needs no data folder. A file's
 * name in the table is its path without a leading build folder. usage: embed FILE... > embedded.c */
#include <stdio.h>
#include <string.h>

static const char *
short_name(const char *path)
{
    const char *gen = strstr(path, "/gen/");
    return gen ? gen + 5 : path;
}

/* Writes strings rather than numbers, because compilers read them a hundred times faster. Octal escapes have a fixed
 * length, so that a digit may follow. */
static void
put_literal(FILE *f)
{
    int c, column = 0;
    while ((c = getc(f)) != EOF) {
        if (column == 0)
            fputs("\n    \"", stdout);
        if (c >= ' ' && c < 127 && c != '"' && c != '\\' && c != '?')
            putchar(c);
        else
            printf("\\%03o", (unsigned)c);
        if (++column == 400 || c == '\n') {
            putchar('"');
            column = 0;
        }
    }
    if (column)
        putchar('"');
}

int
main(int argc, char **argv)
{
    puts("#include \"berdua/base/embedded.h\"");
    for (int i = 1; i < argc; i++) {
        FILE *f = fopen(argv[i], "rb");
        if (!f) {
            perror(argv[i]);
            return 1;
        }
        printf("static const char file_%d[] = \"\"", i);
        put_literal(f);
        puts(";");
        fclose(f);
    }
    puts("const struct embedded embedded_files[] = {");
    for (int i = 1; i < argc; i++)
        printf("    {\"%s\", file_%d, sizeof file_%d - 1},\n", short_name(argv[i]), i, i);
    puts("    {0, 0, 0},\n};");
    return 0;
}
