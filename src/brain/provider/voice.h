/* Where an answer's text stands between what is shown and what is thought aloud in it. Private to decode_text.c, and kept in
 * each decoder. Thread: the decoder's worker. */
#ifndef BERDUA_BRAIN_VOICE_H
#define BERDUA_BRAIN_VOICE_H

#include "berdua/base/buf.h"

#include <stdint.h>

struct voice {
    enum { VOICE_START, VOICE_THOUGHT, VOICE_TEXT, VOICE_END } at;
    const char *close;    /* what ends the thought; NULL: any closing tag */
    bool thought;         /* there was one */
    bool from_the_prompt; /* it began before the text did */
    bool doubted;         /* it is shown as text when it is not closed */
    size_t searched;      /* bytes of held in which the thought does not end */
    size_t end_bytes;     /* VOICE_END: held begins with a closing tag, of so many bytes */
    bool in_line;         /* of the text: something of its line was shown */
    char fence;           /* of a block of code; 0: none is open */
    bool tag_seen;        /* an opening tag stands in the text, so that it speaks of tags */
    struct {
        int indent;  /* in columns; -1: something other than blanks was shown */
        bool ticked; /* code within the line is open */
        char last;
    } line;
    size_t shown_bytes;
    uint32_t shown_pieces;
    struct buf held; /* not known yet to be text or thought */
};

#endif
