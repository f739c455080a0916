/* Which libcurl there is, for numres --version. */
#ifndef NUMRES_TOOLS_CURL_VERSION_H
#define NUMRES_TOOLS_CURL_VERSION_H

const char *curl_version_name(void);

#endif
