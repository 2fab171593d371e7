// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

import io.taskbound.cli.rules.ReadTarget;
import io.taskbound.cli.rules.RequestTarget;
import io.taskbound.cli.terminal.Loopback;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * The service that a token may be sent to: one origin (RFC 6454), and the path below which all requests go.
 *
 * @param origin scheme, host in small letters and, if it is not the usual one, port
 * @param base begins with a slash and does not end with one; empty for the whole service
 */
public record InjectTarget(URI origin, String base) {
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    /** Empty for what is not an https address, or a plain http one on this machine, with a path that is plain. */
    public static Optional<InjectTarget> parse(String text) {
        try {
            var uri = URI.create(text);
            return isUsable(uri) ? Optional.of(of(uri)) : Optional.empty();
        } catch (IllegalArgumentException noUri) {
            return Optional.empty();
        }
    }

    private static boolean isUsable(URI uri) {
        return uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && hasSafeScheme(uri)
                && isPlain(uri.getRawPath());
    }

    private static boolean hasSafeScheme(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme())
                || ("http".equalsIgnoreCase(uri.getScheme()) && Loopback.isLoopback(uri));
    }

    private static boolean isPlain(String path) {
        return path.isEmpty() || RequestTarget.read("GET", path) instanceof ReadTarget.Plain;
    }

    private static InjectTarget of(URI uri) {
        var path = uri.getRawPath();
        return new InjectTarget(originOf(uri), path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }

    private static URI originOf(URI uri) {
        var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
        var port = uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
        return URI.create(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port);
    }

    /** Whether an absolute address is at this service, below its base or not. */
    public boolean isOriginOf(URI address) {
        return address.getScheme() != null
                && address.getHost() != null
                && address.getRawUserInfo() == null
                && (address.getScheme().equalsIgnoreCase("https")
                        || address.getScheme().equalsIgnoreCase("http"))
                && originOf(address).equals(origin);
    }

    /** Whether a path of the service is the base or below it. */
    boolean covers(String path) {
        return path.equals(base) || path.startsWith(base + "/");
    }

    @Override
    public String toString() {
        return origin + base;
    }
}
