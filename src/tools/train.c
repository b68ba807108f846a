/* Build tool: fits a model from the public sets in a folder and prints its file.
 * usage: train MODEL DATA > src/measure/weights/MODEL.txt */
#include "train.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "berdua/base/buf.h"
#include "berdua/base/mem.h"
#include "measure/linear_model.h"

static const struct {
    const char *name;
    struct linear *(*train)(const char *data, const char **notes);
    void (*print)(const char *data, struct buf *out); /* instead: the whole file */
} models[] = {
    {"language", train_language, NULL},
    {"category_words", train_category_words, NULL},
    {"category_mix", NULL, train_category_mix},
    {"politeness", train_politeness, NULL},
    {"affect", train_affect, NULL},
    {"care", train_care, NULL},
    {"considerate", train_considerate, NULL},
    {"considerate_mix", NULL, train_considerate_mix},
};

int
main(int argc, char **argv)
{
    for (size_t i = 0; argc == 3 && i < ARRAY_LEN(models); i++) {
        if (strcmp(argv[1], models[i].name) != 0)
            continue;
        struct buf out;
        buf_init(&out, 16 << 20);
        if (models[i].print) {
            models[i].print(argv[2], &out);
        } else {
            const char *notes = "";
            struct linear *l = models[i].train(argv[2], &notes);
            linear_print(l, notes, &out);
            linear_destroy(&l);
        }
        fwrite(out.p, 1, out.len, stdout);
        buf_finish(&out);
        return fflush(stdout) == 0 ? 0 : 1;
    }
    fputs("usage: train MODEL DATA\n", stderr);
    return 2;
}
