// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import javax.net.ssl.SSLHandshakeException;

/** Tells faults before anything was sent from those that leave in doubt whether the request arrived. */
final class ConnectFault {
    private ConnectFault() {}

    /**
     * The fault as {@link Transport#send} promises it.
     *
     * @param nothingSent the request's body was never asked for
     */
    static IOException of(IOException fault, boolean nothingSent) {
        if (fault instanceof ConnectException || fault instanceof HttpConnectTimeoutException) {
            return fault;
        }
        if (isRefusedLogin(fault)) {
            return new ProxyLoginException();
        }
        if (brokeInTheHandshake(fault)) {
            return new ConnectException("the connection broke in the TLS handshake");
        }
        return nothingSent && !(fault instanceof SSLHandshakeException)
                ? new ConnectException("nothing was sent")
                : fault;
    }

    /** A host's own client logs in by itself, and gives up in these words; there is no type for it. */
    private static boolean isRefusedLogin(IOException fault) {
        String message = String.valueOf(fault.getMessage());
        return message.startsWith("too many authentication attempts")
                || message.equals("Proxy-Authenticate header missing for response code 407");
    }

    /**
     * Whoever hangs up got nothing but our greeting, and may behave at the next try. A refused certificate is another
     * matter; the JDK tells the two apart by these words alone.
     */
    private static boolean brokeInTheHandshake(IOException fault) {
        String message = String.valueOf(fault.getMessage());
        return fault instanceof SSLHandshakeException
                && (message.startsWith("Remote host ")
                        || message.startsWith("Unsupported or unrecognized SSL message"));
    }
}
