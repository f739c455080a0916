/* Every document of the corpus, with the options for reading it. */
#ifndef NUMRES_TESTS_CORPUS_DOCUMENTS_H
#define NUMRES_TESTS_CORPUS_DOCUMENTS_H

#include "reading.h"

typedef struct corpus_document {
    char name[128]; /* such as pages/docs_list.json */
    reading_options options;
    file_bytes bytes;
} corpus_document;

typedef struct corpus_documents {
    corpus_document *documents;
    size_t count;
} corpus_documents;

/* Loads all of corpus/pages and corpus/broken, sorted by name. Aborts if anything cannot
   be read. */
corpus_documents corpus_load(void);
void corpus_free(corpus_documents *corpus);

#endif
