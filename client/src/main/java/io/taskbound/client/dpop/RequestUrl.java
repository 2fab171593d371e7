// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.dpop;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The URL of a request without query and fragment, in its normal form (RFC 3986 sections 6.2.2 and 6.2.3), so that two
 * spellings of one URL are equal: lower-case scheme and host, no default port, no dot segments, no escape of a
 * character that needs none, and an empty path written as a slash.
 */
final class RequestUrl {
    private static final int MAX_LENGTH = 8 * 1024;
    private static final String UNRESERVED_MARKS = "-._~";
    private static final String DELIMITERS = ":/?#[]@!$&'()*+,;=%";
    private static final int MAX_PORT = 65_535;
    private static final int MAX_PORT_DIGITS = 8;

    private final String text;

    private RequestUrl(String text) {
        this.text = text;
    }

    /** Empty unless it is an absolute URL of http or https, without a user. */
    static Optional<RequestUrl> of(String url) {
        if (url.length() > MAX_LENGTH || !hasUrlCharacters(url)) {
            return Optional.empty();
        }
        int colon = url.indexOf("://");
        var scheme = colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return Optional.empty();
        }
        int start = colon + "://".length();
        int path = first(url, start, "/?#");
        int end = first(url, path, "?#");
        return authority(url.substring(start, path), scheme.equals("https") ? 443 : 80)
                .map(authority -> new RequestUrl(scheme + "://" + authority
                        + withoutDotSegments(withoutNeedlessEscapes(url.substring(path, end)))));
    }

    /** Where one of these characters first stands, or the end. */
    private static int first(String text, int from, String wanted) {
        int at = from;
        while (at < text.length() && wanted.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private static boolean hasUrlCharacters(String url) {
        for (int i = 0; i < url.length(); i++) {
            char c = url.charAt(i);
            if (!isUnreserved(c) && DELIMITERS.indexOf(c) < 0) {
                return false;
            }
            if (c == '%' && (i + 2 >= url.length() || escaped(url, i) < 0)) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> authority(String authority, int defaultPort) {
        int hostEnd = authority.startsWith("[") ? authority.indexOf(']') + 1 : first(authority, 0, ":");
        var host = authority.substring(0, hostEnd).toLowerCase(Locale.ROOT);
        var port = authority.substring(hostEnd);
        boolean literal = host.startsWith("[");
        if (host.isEmpty()
                || host.indexOf('%') >= 0
                || host.indexOf('@') >= 0
                || (!literal && host.indexOf('[') >= 0)) {
            return Optional.empty();
        }
        if (port.isEmpty() || port.equals(":")) {
            return Optional.of(host);
        }
        return port.charAt(0) == ':' ? port(port.substring(1), defaultPort).map(host::concat) : Optional.empty();
    }

    private static Optional<String> port(String digits, int defaultPort) {
        if (digits.length() > MAX_PORT_DIGITS || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        int port = Integer.parseInt(digits);
        if (port > MAX_PORT) {
            return Optional.empty();
        }
        return Optional.of(port == defaultPort ? "" : ":" + port);
    }

    private static String withoutNeedlessEscapes(String path) {
        var plain = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c != '%') {
                plain.append(c);
                continue;
            }
            char meant = (char) escaped(path, i);
            plain.append(
                    isUnreserved(meant)
                            ? String.valueOf(meant)
                            : path.substring(i, i + 3).toUpperCase(Locale.ROOT));
            i += 2;
        }
        return plain.toString();
    }

    /** RFC 3986 section 5.2.4, of a path that is empty or begins with a slash. */
    private static String withoutDotSegments(String path) {
        var kept = new ArrayList<String>();
        var segments = List.of(path.split("/", -1));
        for (int i = 1; i < segments.size(); i++) {
            var segment = segments.get(i);
            boolean up = segment.equals("..");
            if (up && !kept.isEmpty()) {
                kept.remove(kept.size() - 1);
            }
            if (!up && !segment.equals(".")) {
                kept.add(segment);
            } else if (i == segments.size() - 1) {
                kept.add("");
            }
        }
        return "/" + String.join("/", kept);
    }

    /** The octet that an escape stands for, or less than 0. */
    private static int escaped(String text, int percent) {
        int high = Character.digit(text.charAt(percent + 1), 16);
        int low = Character.digit(text.charAt(percent + 2), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || UNRESERVED_MARKS.indexOf(c) >= 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RequestUrl url && text.equals(url.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** In its normal form. */
    @Override
    public String toString() {
        return text;
    }
}
