// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** Where the issuer reaches a foreign service: https with a host and no path; plain http on loopback only. */
final class ServiceAddress {
    private static final int MAX_LENGTH = 512;
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final DocumentReader reader;
    private final Faults faults;

    ServiceAddress(DocumentReader reader, Faults faults) {
        this.reader = reader;
        this.faults = faults;
    }

    /**
     * @param path the one path that the address may have; empty for none
     * @param example how to write it
     */
    Optional<URI> read(Place place, String path, String example) {
        var text = reader.text(place, MAX_LENGTH);
        var flaw = text.flatMap(written -> flaw(written, path));
        flaw.ifPresent(what -> faults.error(FaultCode.SERVICE_ADDRESS, place, what, "write " + example));
        return flaw.isPresent() ? Optional.empty() : text.map(URI::create);
    }

    static Optional<String> flaw(String text, String path) {
        try {
            return flaw(new URI(text), path);
        } catch (URISyntaxException notAUrl) {
            return Optional.of("is not a URL");
        }
    }

    private static Optional<String> flaw(URI uri, String path) {
        if (uri.getHost() == null || uri.getScheme() == null) {
            return Optional.of("is not an absolute URL with a host");
        }
        boolean loopbackHttp = uri.getScheme().equals("http") && LOOPBACK.contains(uri.getHost());
        if (!uri.getScheme().equals("https") && !loopbackHttp) {
            return Optional.of("must begin with https:// (http:// on loopback only)");
        }
        if (uri.getRawUserInfo() != null) {
            return Optional.of("must have no user and no password");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            return Optional.of("must have no query and no fragment");
        }
        return uri.getRawPath().isEmpty() || uri.getRawPath().equals(path)
                ? Optional.empty()
                : Optional.of(path.isEmpty() ? "must have no path" : "must have no path other than " + path);
    }
}
