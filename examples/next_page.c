/* Prints the request lines of a list whose pages hold as many elements as the arguments
   say. It shows all that a program needs to do its own paging. */
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
        /* A real program sends the request here, feeds the response to a parser, and
           keeps the meta from on_meta and the count of elements from on_document_end. */
        uint64_t elements = next < count ? strtoull(arguments[next], NULL, 10) : 0;
        numres_pager_page_read(&pager, NULL, elements);
    }
    puts(numres_pager_sentence(numres_pager_why(&pager)));
}
