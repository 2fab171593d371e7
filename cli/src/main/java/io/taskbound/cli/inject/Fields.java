// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which header fields are for one connection only (RFC 9110 section 7.6.1), or are not passed on for another reason.
 */
final class Fields {
    private static final Set<String> OF_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "content-length");

    /** Set by us or the HTTP client, or telling the service what it need not know. */
    private static final Set<String> OF_REQUESTS =
            Set.of("host", "expect", "authorization", "dpop", "accept-encoding", "referer");

    /** What speaks of the service's own address, of permissions to web pages, or of proofs that are ours. */
    private static final Set<String> OF_ANSWERS =
            Set.of("date", "alt-svc", "strict-transport-security", "dpop-nonce", "service-worker-allowed");

    private final Set<String> named;

    private Fields(Set<String> named) {
        this.named = named;
    }

    /** @param connection the values of all fields Connection of the message, which name others */
    static Fields of(List<String> connection) {
        return new Fields(connection.stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet()));
    }

    private boolean isOfConnection(String name) {
        return OF_CONNECTION.contains(name) || name.startsWith("proxy-") || named.contains(name);
    }

    /** @param name in small letters */
    boolean passesOnward(String name) {
        return !isOfConnection(name) && !OF_REQUESTS.contains(name);
    }

    /** @param name in small letters */
    boolean passesBack(String name) {
        return !isOfConnection(name) && !OF_ANSWERS.contains(name) && !name.startsWith("access-control-");
    }
}
