// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where an issuer lives. Checked: https, or http on a loopback address; no user, query or fragment. One trailing slash
 * is dropped, so that {@code https://tokens.acme.example/} and {@code https://tokens.acme.example} are one issuer.
 */
public final class IssuerUrl {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    private final String text;

    private IssuerUrl(String text) {
        this.text = text;
    }

    /** Refuses with {@link IllegalArgumentException}; the message never repeats the URL, which may hold a password. */
    public static IssuerUrl of(String text) {
        URI uri = parsed(text);
        require(uri.getHost() != null, "issuer URL needs a host");
        require(uri.getRawUserInfo() == null, "issuer URL must not carry a user or password");
        require(uri.getRawQuery() == null && uri.getRawFragment() == null, "issuer URL must have no query or fragment");
        require(isSafe(uri), "issuer URL must be https (plain http only on a loopback address)");
        return new IssuerUrl(withoutTrailingSlash(text));
    }

    /** Adds a path that starts with a slash. */
    URI endpoint(String path) {
        return URI.create(text + path);
    }

    /** True when {@code iss} names this issuer; one trailing slash is ignored. */
    public boolean isNamedBy(String iss) {
        return text.equals(withoutTrailingSlash(iss));
    }

    /** The URL without its trailing slash. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IssuerUrl that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    private static URI parsed(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException notAUrl) {
            // Not as the cause: its message repeats the text.
            throw new IllegalArgumentException("issuer URL is not a URL");
        }
    }

    private static boolean isSafe(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        return scheme.equals("https")
                || (scheme.equals("http") && LOOPBACK.matcher(uri.getHost()).matches());
    }

    private static String withoutTrailingSlash(String text) {
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
