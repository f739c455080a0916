/* The lock beside a file of --resume: one run at a time. */
#ifndef NUMRES_TOOLS_RESUME_LOCK_H
#define NUMRES_TOOLS_RESUME_LOCK_H

/* Makes and locks FILE.lock, whose name the caller frees in any case. The lock goes
   with its process, however that ends. Answers its descriptor, or -1 and sets errno,
   and `holder` if another process holds it. */
int resume_lock_take(const char *file, char **name, long *holder);

/* Also removes the file. */
void resume_lock_give_up(int lock, const char *name);

#endif
