/* Before main: what programs print has no returns, as on other machines. */
#include <fcntl.h>
#include <io.h>
#include <stdio.h>

__attribute__((constructor)) static void print_as_it_stands(void) {
    _setmode(_fileno(stdout), _O_BINARY);
}
