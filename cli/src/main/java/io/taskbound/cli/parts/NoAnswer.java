// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.parts;

import io.taskbound.cli.terminal.Printable;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Why no answer came, in words; the HTTP client wraps it in exceptions that say it by their names alone. */
final class NoAnswer {
    private NoAnswer() {}

    /** Without a full stop. */
    static String words(Throwable fault) {
        var words = "no whole answer";
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "its host is unknown here";
            }
            if (cause instanceof HttpConnectTimeoutException) {
                return "no connection in time";
            }
            if (cause instanceof SSLException) {
                return "no TLS: " + Printable.of(String.valueOf(cause.getMessage()));
            }
            if (cause instanceof ConnectException) {
                // What caused it may be one of the above.
                words = "no connection";
            }
        }
        return words;
    }
}
