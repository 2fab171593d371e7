// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Why a service did not answer, for people. */
final class NoAnswer {
    private NoAnswer() {}

    static String sentence(IOException fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return "the service's certificate or TLS was not accepted; nothing was sent.";
            }
            if (cause instanceof HttpConnectTimeoutException || cause instanceof UnresolvedAddressException) {
                return "the service cannot be reached; nothing was sent.";
            }
        }
        return fault instanceof ConnectException
                ? "the service cannot be reached; nothing was sent."
                : "the service closed the connection without a whole answer. It may have done what it was asked.";
    }
}
