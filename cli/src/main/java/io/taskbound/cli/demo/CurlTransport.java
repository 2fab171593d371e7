// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo;

import io.taskbound.client.Transport;
import io.taskbound.client.TransportAnswer;
import io.taskbound.client.TransportRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Says each request as the curl line that would send it, and sends it. What is secret stands as a file's name. */
final class CurlTransport implements Transport {
    /** Parameters whose values are secrets, and the files that a person would keep them in. */
    private static final Map<String, String> SECRET = Map.of("subject_token", "id-token", "token", "token");

    private final Transport real;
    private final Consumer<String> out;

    CurlTransport(Transport real, Consumer<String> out) {
        this.real = real;
        this.out = out;
    }

    @Override
    public TransportAnswer send(TransportRequest request) throws IOException {
        out.accept("          $ " + line(request));
        return real.send(request);
    }

    static String line(TransportRequest request) {
        var line = new StringBuilder("curl -sS ").append(request.uri());
        request.headers().forEach((name, value) -> {
            if (name.equalsIgnoreCase("Authorization")) {
                // A file with one line: user = "name:secret".
                line.append(" -K ").append(user(value).orElse("credentials")).append(".curl");
            }
        });
        var form = new String(request.body(), StandardCharsets.UTF_8);
        if (!form.isEmpty()) {
            for (var pair : form.split("&", -1)) {
                line.append(" --data-urlencode ").append(parameter(pair));
            }
        }
        return line.toString();
    }

    private static String parameter(String pair) {
        int equals = pair.indexOf('=');
        var name = pair.substring(0, equals);
        var file = Optional.ofNullable(SECRET.get(name));
        return file.map(secret -> name + "@" + secret)
                .orElseGet(() ->
                        quoted(name + "=" + URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8)));
    }

    private static Optional<String> user(String basic) {
        var pair = new String(Base64.getDecoder().decode(basic.substring("Basic ".length())), StandardCharsets.UTF_8);
        return Optional.of(pair.substring(0, pair.indexOf(':'))).filter(name -> !name.isEmpty());
    }

    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9_=.:/@-]*") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
