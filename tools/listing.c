#include "listing.h"

bool listing_has_tries_left(const struct listing *listing) {
    return listing->tries <= listing->settings->max_retries;
}

bool listing_is_redirect(const struct listing *listing) {
    long status = transport_status(&listing->transport);
    return status >= 300 && status <= 399;
}

bool listing_can_show(const struct listing *listing) {
    return listing->session->output.failure == 0 &&
           session_answer(listing->session) == NUMRES_GO_ON;
}

struct retry_facts listing_facts(const struct listing *listing, bool connection_failed) {
    const struct transport *transport = &listing->transport;
    struct retry_facts facts = {
        .connection_failed = connection_failed,
        .status = transport_status(transport),
        .should_retry = transport_header(transport, HEADER_SHOULD_RETRY),
        .retry_after_ms = transport_header(transport, HEADER_RETRY_AFTER_MS),
        .retry_after = transport_header(transport, HEADER_RETRY_AFTER),
        .date = transport_header(transport, HEADER_DATE),
        .remaining = transport_header(transport, HEADER_REMAINING),
        .reset = transport_header(transport, HEADER_RESET),
    };
    return facts;
}
