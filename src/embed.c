/* Build tool: turns files into one C table (base/embedded.h), so that the program needs no data folder.
 * usage: embed FILE... > embedded.c */
#include <stdio.h>
#include <string.h>

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
        printf("static const unsigned char file_%d[] = {", i);
        int c, n = 0;
        while ((c = getc(f)) != EOF)
            printf("%s%d,", n++ % 24 ? "" : "\n", c);
        puts("0};");
        fclose(f);
    }
    puts("const struct embedded embedded_files[] = {");
    for (int i = 1; i < argc; i++)
        printf("    {\"%s\", (const char *)file_%d, sizeof file_%d - 1},\n", argv[i], i, i);
    puts("    {0, 0, 0},\n};");
    return 0;
}
