// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request body of type application/x-www-form-urlencoded, read strictly (threat model R5, R6, R19, R33): at most
 * {@value #MAX_OCTETS} bytes and {@value #MAX_PARAMETERS} parameters, valid percent-encoding, valid UTF-8, no control
 * characters, no parameter twice but those that may (RFC 6749 section 3.2). An empty value counts as absent.
 */
final class Form {
    static final int MAX_OCTETS = 64 * 1024;
    static final int MAX_PARAMETERS = 50;
    private static final byte DELETE = 0x7f;
    private static final Set<String> REPEATABLE = Set.of("resource", "audience");
    private final Map<String, List<String>> parameters;

    private Form(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    static Form of(HttpRequest request) throws RefusedRequest {
        if (request.has("content-encoding")) {
            throw RefusedRequest.malformed(415, "Content-Encoding is not supported");
        }
        if (!isForm(request)) {
            throw RefusedRequest.malformed(415, "the body must be application/x-www-form-urlencoded");
        }
        if (request.body().length > MAX_OCTETS) {
            throw RefusedRequest.malformed(413, "the body is larger than " + MAX_OCTETS + " bytes");
        }
        return parse(request.body());
    }

    private static boolean isForm(HttpRequest request) {
        var type = request.header("content-type").orElse("").toLowerCase(Locale.ROOT);
        var parts = type.split(";", 2);
        return parts[0].strip().equals("application/x-www-form-urlencoded")
                && (parts.length == 1
                        || Set.of("charset=utf-8", "charset=\"utf-8\"", "").contains(parts[1].strip()));
    }

    static Form parse(byte[] body) throws RefusedRequest {
        var parameters = new LinkedHashMap<String, List<String>>();
        int count = 0;
        int start = 0;
        while (start < body.length) {
            int end = indexOf(body, '&', start, body.length);
            if (end > start) {
                if (++count > MAX_PARAMETERS) {
                    throw RefusedRequest.malformed("the body has more than " + MAX_PARAMETERS + " parameters");
                }
                add(parameters, body, start, end);
            }
            start = end + 1;
        }
        return new Form(parameters);
    }

    private static void add(Map<String, List<String>> parameters, byte[] body, int start, int end)
            throws RefusedRequest {
        int equals = indexOf(body, '=', start, end);
        var name = decode(body, start, equals);
        var value = decode(body, Math.min(equals + 1, end), end);
        var values = parameters.computeIfAbsent(name, any -> new ArrayList<>());
        if (!values.isEmpty() && !REPEATABLE.contains(name)) {
            throw RefusedRequest.malformed("a parameter is given twice");
        }
        values.add(value);
    }

    private static int indexOf(byte[] body, char wanted, int start, int end) {
        int at = start;
        while (at < end && body[at] != wanted) {
            at++;
        }
        return at;
    }

    private static String decode(byte[] body, int start, int end) throws RefusedRequest {
        var octets = new byte[end - start];
        int length = 0;
        for (int at = start; at < end; at++) {
            byte octet = body[at];
            if (octet == '%') {
                octet = percent(body, at, end);
                at += 2;
            } else if (octet == '+') {
                octet = ' ';
            }
            octets[length++] = octet;
        }
        return text(octets, length);
    }

    private static byte percent(byte[] body, int at, int end) throws RefusedRequest {
        if (at + 2 < end) {
            int high = Character.digit(body[at + 1], 16);
            int low = Character.digit(body[at + 2], 16);
            if (high >= 0 && low >= 0) {
                return (byte) (high * 16 + low);
            }
        }
        throw RefusedRequest.malformed("the body holds malformed percent-encoding");
    }

    private static String text(byte[] octets, int length) throws RefusedRequest {
        if (isPlain(octets, length)) {
            return new String(octets, 0, length, StandardCharsets.ISO_8859_1);
        }
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets, 0, length))
                    .toString();
            if (!holdsControls(text)) {
                return text;
            }
        } catch (CharacterCodingException notUtf8) {
            throw RefusedRequest.malformed("the body is not valid UTF-8");
        }
        throw RefusedRequest.malformed("the body holds control characters");
    }

    /** Printable ASCII, as nearly every value is: an ID token is long, and need not be looked at three times. */
    private static boolean isPlain(byte[] octets, int length) {
        for (int i = 0; i < length; i++) {
            if (octets[i] < ' ' || octets[i] == DELETE) {
                return false;
            }
        }
        return true;
    }

    private static boolean holdsControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t') {
                return true;
            }
        }
        return false;
    }

    /** The same with another value for one parameter. */
    Form with(String name, String value) {
        var changed = new LinkedHashMap<>(parameters);
        changed.put(name, List.of(value));
        return new Form(changed);
    }

    /** The parameter's value; empty when it is absent or empty (RFC 6749 section 3.2). */
    Optional<String> value(String name) {
        for (var value : parameters.getOrDefault(name, List.of())) {
            if (!value.isEmpty()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    List<String> values(String name) {
        return parameters.getOrDefault(name, List.of()).stream()
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /**
     * True or false, and false where it is absent.
     *
     * @throws RefusedRequest for anything else; the name is one of ours and safe to repeat
     */
    boolean flag(String name) throws RefusedRequest {
        var value = value(name).orElse("false");
        if (!value.equals("true") && !value.equals("false")) {
            throw RefusedRequest.malformed(name + " must be true or false");
        }
        return value.equals("true");
    }

    /** @throws RefusedRequest when it is absent; the name is one of ours and safe to repeat */
    String required(String name) throws RefusedRequest {
        return value(name).orElseThrow(() -> missing(name));
    }

    /**
     * A token's, a verifier's or a handle's value. People keep one in a file, which ends in a line feed: the white
     * space around it is no part of it, and nothing else counts as absent.
     */
    Optional<String> credential(String name) {
        return value(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** @throws RefusedRequest when it is absent */
    String requiredCredential(String name) throws RefusedRequest {
        return credential(name).orElseThrow(() -> missing(name));
    }

    private static RefusedRequest missing(String name) {
        return RefusedRequest.malformed(name + " is missing");
    }

    @Override
    public String toString() {
        return "Form[" + parameters.size() + " parameters]";
    }
}
