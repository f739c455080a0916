/* Prints the request lines for a list whose pages hold as many elements as
   the arguments say, with all else that a program needs to page by itself. */
#include <numres.h>
#include <stdio.h>
#include <stdlib.h>

int main(int count, char **arguments) {
    char request[512];
    numres_pager pager = numres_pager_default();
    numres_query query = numres_query_default();
    query.status = NUMRES_STATUS_PENDING;
    query.created_after.text = numres_text_from("2018-01-01T00:00:00Z");
    query.page_size = 50;
    for (int next = 1; numres_pager_ask(&pager, &query) == NUMRES_PAGER_NEXT; next++) {
        numres_code code = numres_query_write(&query, request, sizeof request, NULL);
        if (code != NUMRES_OK) {
            fprintf(stderr, "%s\n", numres_code_sentence(code));
            return 1;
        }
        printf("GET /v2%s\n", request);
        /* Here a program sends it, feeds the response to a parser, and keeps the
           meta that on_meta was given and the elements that on_document_end was. */
        uint64_t elements = next < count ? strtoull(arguments[next], NULL, 10) : 0;
        numres_pager_page_read(&pager, NULL, elements);
    }
    puts(numres_pager_sentence(numres_pager_why(&pager)));
}
