/* The disk as a program that already runs finds it. Thread: the test. */
#ifndef TESTS_SCREEN_DISK_H
#define TESTS_SCREEN_DISK_H

/* The writes of a program on a screen fail from here on as on a full disk. */
void disk_fill(int pid);
/* There is room again. */
void disk_free(int pid);

#endif
