#include "fetch.h"

#include <criterion/criterion.h>

#include <stdio.h>

static size_t add(char *bytes, size_t size, size_t count, void *buffer) {
    text_buffer_add(buffer, bytes, size * count);
    return size * count;
}

client client_open(const char *authorization) {
    client client = {curl_easy_init(), NULL};
    cr_assert(client.handle != NULL);
    client.headers = curl_slist_append(NULL, "Accept: application/json");
    if (authorization != NULL)
        client.headers = curl_slist_append(client.headers, authorization);
    curl_easy_setopt(client.handle, CURLOPT_HTTPHEADER, client.headers);
    curl_easy_setopt(client.handle, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(client.handle, CURLOPT_MAXREDIRS, 5L);
    curl_easy_setopt(client.handle, CURLOPT_PROXY, "");
    curl_easy_setopt(client.handle, CURLOPT_WRITEFUNCTION, add);
    curl_easy_setopt(client.handle, CURLOPT_HEADERFUNCTION, add);
    return client;
}

void client_close(client *client) {
    curl_easy_cleanup(client->handle);
    curl_slist_free_all(client->headers);
}

fetched client_get(const client *client, const api_server *server, const char *path) {
    fetched response = {0};
    char url[1024];
    snprintf(url, sizeof url, "%s%s", server->base_url, path);
    /* Empty text, but never NULL. */
    text_buffer_add(&response.head, "", 0);
    text_buffer_add(&response.body, "", 0);
    curl_easy_setopt(client->handle, CURLOPT_URL, url);
    curl_easy_setopt(client->handle, CURLOPT_WRITEDATA, &response.body);
    curl_easy_setopt(client->handle, CURLOPT_HEADERDATA, &response.head);
    response.result = curl_easy_perform(client->handle);
    curl_easy_getinfo(client->handle, CURLINFO_RESPONSE_CODE, &response.status);
    return response;
}

fetched client_post(const client *client, const api_server *server, const char *path,
                    const char *body, const char *header) {
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    for (struct curl_slist *at = client->headers; at != NULL; at = at->next)
        headers = curl_slist_append(headers, at->data);
    if (header != NULL)
        headers = curl_slist_append(headers, header);
    curl_easy_setopt(client->handle, CURLOPT_POSTFIELDS, body);
    curl_easy_setopt(client->handle, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(client->handle, CURLOPT_FRESH_CONNECT, 1L);
    fetched response = client_get(client, server, path);
    curl_easy_setopt(client->handle, CURLOPT_HTTPGET, 1L);
    curl_easy_setopt(client->handle, CURLOPT_HTTPHEADER, client->headers);
    curl_slist_free_all(headers);
    return response;
}

void fetched_free(fetched *response) {
    text_buffer_free(&response->head);
    text_buffer_free(&response->body);
}

fetched fetch(const api_server *server, const char *path) {
    client client = client_open("Authorization: Bearer " API_SERVER_KEY);
    fetched response = client_get(&client, server, path);
    client_close(&client);
    return response;
}
