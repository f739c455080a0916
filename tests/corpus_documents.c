#include "corpus_documents.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void stop_with(const char *name) {
    fprintf(stderr, "corpus/%s cannot be read\n", name);
    abort();
}

/* Reads the words of an options file; none if there is no file. */
static void read_options(corpus_document *document, const char *name) {
    char path[PATH_SIZE];
    corpus_path(path, sizeof path, "", name);
    file_bytes words = read_file(path);
    if (!reading_options_parse(&document->options, words.bytes ? words.bytes : "")) {
        stop_with(name);
    }
    free(words.bytes);
}

static corpus_document *add(corpus_documents *corpus, const char *directory, const char *file) {
    char path[PATH_SIZE];
    corpus->documents =
        realloc(corpus->documents, (corpus->count + 1) * sizeof corpus->documents[0]);
    if (!corpus->documents) {
        stop_with(file);
    }
    corpus_document *document = &corpus->documents[corpus->count++];
    int length = snprintf(document->name, sizeof document->name, "%s/%s", directory, file);
    corpus_path(path, sizeof path, directory, file);
    document->bytes = read_file(path);
    if (!document->bytes.bytes || length >= (int)sizeof document->name) {
        stop_with(document->name);
    }
    return document;
}

static int is_json(const struct dirent *entry) {
    const char *suffix = strrchr(entry->d_name, '.');
    return suffix && strcmp(suffix, ".json") == 0;
}

/* Adds each NAME.json, with NAME.options if there is one. */
static void add_pages(corpus_documents *corpus) {
    char path[PATH_SIZE];
    struct dirent **entries = NULL;
    corpus_path(path, sizeof path, "pages", "");
    int count = scandir(path, &entries, is_json, alphasort);
    for (int at = 0; at < count; at++) {
        char options[256];
        const char *file = entries[at]->d_name;
        corpus_document *document = add(corpus, "pages", file);
        snprintf(options, sizeof options, "pages/%.*s.options",
                 (int)(strlen(file) - strlen(".json")), file);
        read_options(document, options);
        free(entries[at]);
    }
    free(entries);
}

/* Adds the lines of expected.tsv after the first. They begin with file and options. */
static void add_broken(corpus_documents *corpus) {
    char path[PATH_SIZE];
    char file[96];
    char words[96];
    corpus_path(path, sizeof path, "broken", "expected.tsv");
    file_bytes index = read_file(path);
    const char *line = index.bytes ? strchr(index.bytes, '\n') : NULL;
    for (; line && line[1]; line = strchr(line + 1, '\n')) {
        if (sscanf(line + 1, "%95[^\t]\t%95[^\t]", file, words) != 2) {
            stop_with("broken/expected.tsv");
        }
        corpus_document *document = add(corpus, "broken", file);
        if (!reading_options_parse(&document->options, words)) {
            stop_with(document->name);
        }
    }
    free(index.bytes);
}

corpus_documents corpus_load(void) {
    corpus_documents corpus = {NULL, 0};
    add_pages(&corpus);
    size_t pages = corpus.count;
    add_broken(&corpus);
    if (pages == 0 || corpus.count == pages) {
        stop_with("");
    }
    return corpus;
}

void corpus_free(corpus_documents *corpus) {
    for (size_t at = 0; at < corpus->count; at++) {
        free(corpus->documents[at].bytes.bytes);
    }
    free(corpus->documents);
}
