// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a browser says that a request comes from our own page. Only browsers send these headers, and no script can
 * change them (Fetch sections 2.2.2 and 3.2; Fetch Metadata section 2).
 */
final class PageOrigin {
    private final String own;

    PageOrigin(String issuerUrl) {
        this.own = origin(URI.create(issuerUrl));
    }

    private static String origin(URI uri) {
        var usual = "https".equals(uri.getScheme()) ? 443 : 80;
        var port = uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
        return (uri.getScheme() + "://" + uri.getHost()).toLowerCase(Locale.ROOT) + port;
    }

    /** A form of ours was sent: both headers say so, and a browser that does not send the second still sends Origin. */
    boolean sent(HttpRequest request) {
        return request.header("origin").equals(Optional.of(own)) && isIn(request, "sec-fetch-site", "same-origin");
    }

    /** A page is opened as such, and not as an image, a frame or a prefetch of somebody else's page. */
    static boolean opens(HttpRequest request) {
        return isIn(request, "sec-fetch-dest", "document") && isIn(request, "sec-fetch-mode", "navigate");
    }

    private static boolean isIn(HttpRequest request, String header, String wanted) {
        return !request.has(header) || request.header(header).equals(Optional.of(wanted));
    }
}
