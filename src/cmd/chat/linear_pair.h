/* A blind pair without a screen: what is printed of it, and the lines that answer. Owner: linear.c. Thread: main. */
#ifndef BERDUA_CMD_LINEAR_PAIR_H
#define BERDUA_CMD_LINEAR_PAIR_H

#include "berdua/chat/judging.h"
#include "berdua/conf/config.h"

struct sight;

struct linear_pair {
    struct sight *sight; /* all that is printed of it */
    struct judging_rules rules;
    struct judging judging;
    enum judging_stage told; /* of the last look */
    char printed[27];        /* the blind turn whose answers were printed last */
};

void linear_pair_init(struct linear_pair *p, const struct config *config);
void linear_pair_finish(struct linear_pair *p);
/* After any change of the conversation: is there something to print now? */
bool linear_pair_look(struct linear_pair *p, const struct conversation *real);
/* Both answers at once, or the question that stands. */
void linear_pair_print(struct linear_pair *p);
/* Is the line the answer to the question that stands? Any other line skips the question. */
bool linear_pair_answer(struct linear_pair *p, const char *line);
/* The verdict in force, by sides while the names are hidden. */
const char *linear_pair_given(const struct turn *t);

#endif
