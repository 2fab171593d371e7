// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * The full name of a Jenkins job out of its URL: {@code <root>/job/acme/job/shop/} is {@code acme/shop}.
 * Percent-encoding is undone once and only where it hides nothing: a name that then holds a slash, a percent sign or a
 * control character, or is a dot segment, has no full name that another job could not have too.
 */
final class JenkinsJobUrl {
    private static final String STEP = "/job/";
    private static final String ISSUER_STEP = "/oidc";

    private JenkinsJobUrl() {}

    static Optional<String> fullName(String issuer, String url) {
        return jobPath(issuer, url).flatMap(JenkinsJobUrl::names);
    }

    /** {@code /job/a/job/b/}: what follows the controller's root, which the plugin's own issuer URL tells. */
    private static Optional<String> jobPath(String issuer, String url) {
        int end = issuer.endsWith(ISSUER_STEP)
                ? issuer.length() - ISSUER_STEP.length()
                : issuer.indexOf(ISSUER_STEP + STEP);
        if (end >= 0) {
            var root = issuer.substring(0, end);
            return url.startsWith(root + STEP) ? Optional.of(url.substring(root.length())) : Optional.empty();
        }
        // Issuers hosted elsewhere say nothing about the root; there the first /job/ begins the name.
        int first = url.indexOf(STEP);
        return first < 0 ? Optional.empty() : Optional.of(url.substring(first));
    }

    private static Optional<String> names(String path) {
        if (!path.endsWith("/") || path.indexOf('?') >= 0 || path.indexOf('#') >= 0) {
            return Optional.empty();
        }
        var segments = path.substring(1, path.length() - 1).split("/", -1);
        var fullName = new StringJoiner("/");
        for (int i = 0; i < segments.length; i += 2) {
            var name = i + 1 < segments.length ? decoded(segments[i + 1]) : Optional.<String>empty();
            if (!segments[i].equals("job") || name.isEmpty()) {
                return Optional.empty();
            }
            fullName.add(name.get());
        }
        return Optional.of(fullName.toString());
    }

    private static Optional<String> decoded(String segment) {
        try {
            var name = percentDecoded(segment);
            return isPlain(name) ? Optional.of(name) : Optional.empty();
        } catch (CharacterCodingException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static boolean isPlain(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || c == '%' || Character.isISOControl(c));
    }

    private static String percentDecoded(String segment) throws CharacterCodingException {
        var octets = new ByteArrayOutputStream();
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c == '%') {
                octets.write(hexDigit(segment, i + 1) * 16 + hexDigit(segment, i + 2));
                i += 2;
            } else {
                octets.writeBytes(String.valueOf(c).getBytes(UTF_8));
            }
        }
        return UTF_8.newDecoder().decode(ByteBuffer.wrap(octets.toByteArray())).toString();
    }

    private static int hexDigit(String text, int at) {
        int digit = at < text.length() && text.charAt(at) < 128 ? Character.digit(text.charAt(at), 16) : -1;
        if (digit < 0) {
            throw new IllegalArgumentException("percent sign without two hexadecimal digits");
        }
        return digit;
    }
}
