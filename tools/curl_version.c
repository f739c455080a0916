#include "curl_version.h"

#include <curl/curl.h>

const char *curl_version_name(void) {
    return curl_version_info(CURLVERSION_NOW)->version;
}
