#include "listing.h"

bool listing_has_tries_left(const struct listing *listing) {
    return listing->tries <= listing->settings->max_retries;
}

bool listing_is_redirect(const struct listing *listing) {
    long status = transport_status(&listing->transport);
    return status >= 300 && status <= 399;
}

struct retry_facts listing_facts(const struct listing *listing, bool connection_failed) {
    const struct transport *transport = &listing->transport;
    struct retry_facts facts = {
        connection_failed,
        transport_status(transport),
        transport_header(transport, HEADER_SHOULD_RETRY),
        transport_header(transport, HEADER_RETRY_AFTER_MS),
        transport_header(transport, HEADER_RETRY_AFTER),
        transport_header(transport, HEADER_DATE),
    };
    return facts;
}
