/* Names of files for the input line. Thread: main, at a key that asks for them. */
#ifndef BERDUA_UI_COMPLETE_FILE_H
#define BERDUA_UI_COMPLETE_FILE_H

typedef void candidate_sink(void *arg, const char *candidate);

/* Those that the word can become; a folder ends with a slash. */
void complete_file(const char *word, candidate_sink *add, void *arg);

#endif
