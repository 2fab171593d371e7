// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.dev;

import io.taskbound.cli.http.LocalAnswer;
import io.taskbound.cli.http.LocalRequest;

/**
 * {@code /dev/id-token} of {@code serve --dev}: GET for the usual caller, POST with a wish. It signs for anyone on this
 * machine; what comes from a web page is refused, since a page is not its user.
 */
final class DevEndpoint {
    static final String PATH = "/dev/id-token";

    private final DevIdTokens idTokens;

    DevEndpoint(DevIdTokens idTokens) {
        this.idTokens = idTokens;
    }

    boolean answers(LocalRequest request) {
        return request.path().equals(PATH);
    }

    LocalAnswer answer(LocalRequest request) {
        if (!request.header("origin").isEmpty() || !isForLoopback(request)) {
            return LocalAnswer.text(403, "not for web pages");
        }
        try {
            return switch (request.method()) {
                case "GET" -> LocalAnswer.text(200, idTokens.sign(DevWish.DEFAULT));
                case "POST" -> LocalAnswer.text(200, idTokens.sign(DevWish.parse(request.body())));
                default -> LocalAnswer.text(405, "use GET or POST");
            };
        } catch (IllegalArgumentException e) {
            return LocalAnswer.text(400, String.valueOf(e.getMessage()));
        }
    }

    /** A page can give its own name the address 127.0.0.1, but then the Host header has that name. */
    private static boolean isForLoopback(LocalRequest request) {
        var host = request.header("host");
        return host.size() == 1 && host.get(0).matches("(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d{1,5})?");
    }
}
