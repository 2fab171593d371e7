// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.attacks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** The bytes of one HTTP/1.1 request, right or wrong. Immutable: each change makes a copy. */
final class RawRequest {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final String line;
    private final List<String> headers;
    private final byte[] body;

    private RawRequest(String line, List<String> headers, byte[] body) {
        this.line = line;
        this.headers = List.copyOf(headers);
        this.body = body;
    }

    /** A form, with all that belongs to it. */
    static RawRequest form(String path, String form) {
        return form(path, form.getBytes(UTF_8));
    }

    static RawRequest form(String path, byte[] form) {
        return of("POST", path)
                .with("Content-Type", FORM)
                .with("Content-Length", Integer.toString(form.length))
                .body(form);
    }

    /** No body and no more headers than HTTP asks for. */
    static RawRequest of(String method, String target) {
        return new RawRequest(
                method + " " + target + " HTTP/1.1", List.of("Host: 127.0.0.1", "Connection: close"), new byte[0]);
    }

    /** One more header, whether or not there is one of that name. */
    RawRequest with(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(name + ": " + value);
        return new RawRequest(line, more, body);
    }

    RawRequest without(String name) {
        var fewer = headers.stream()
                .filter(header -> !header.startsWith(name + ":"))
                .toList();
        return new RawRequest(line, fewer, body);
    }

    RawRequest body(byte[] other) {
        return new RawRequest(line, headers, other);
    }

    byte[] octets() {
        var out = new ByteArrayOutputStream();
        out.writeBytes((line + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n").getBytes(ISO_8859_1));
        out.writeBytes(body);
        return out.toByteArray();
    }
}
