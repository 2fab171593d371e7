// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.direct;

import io.taskbound.client.AnswerTooLargeException;
import io.taskbound.client.ProxyLoginException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/** Names what went wrong as {@link io.taskbound.client.Transport#send} promises it. */
final class Fault {
    private Fault() {}

    /**
     * The fault to throw.
     *
     * @param mayHaveLeft whether the other side may have the request
     * @param tooLate whether the time limit has passed
     */
    static IOException of(IOException fault, boolean mayHaveLeft, boolean tooLate) {
        if (fault instanceof AnswerTooLargeException || fault instanceof ProxyLoginException) {
            return fault;
        }
        boolean nothingSent = !mayHaveLeft || isBeforeSending(fault);
        if (Thread.currentThread().isInterrupted()) {
            return nothingSent
                    ? new ConnectException("interrupted before there was a connection")
                    : new InterruptedIOException("interrupted while waiting for the answer");
        }
        if (tooLate || fault instanceof InterruptedIOException) {
            return nothingSent
                    ? new HttpConnectTimeoutException("no connection in time")
                    : new HttpTimeoutException("no whole answer in time");
        }
        if (fault instanceof SSLPeerUnverifiedException) {
            return new SSLHandshakeException("the certificate is for another host");
        }
        if (fault instanceof SSLHandshakeException && !hungUp(fault)) {
            return fault;
        }
        return nothingSent ? new ConnectException("nothing was sent") : fault;
    }

    /** A question has no body that says whether it left. */
    private static boolean isBeforeSending(IOException fault) {
        return fault instanceof ConnectException
                || fault instanceof UnknownHostException
                || fault instanceof ConnectTimeoutException
                || fault instanceof ConnectionRequestTimeoutException
                || fault instanceof SSLHandshakeException
                || fault instanceof SSLPeerUnverifiedException;
    }

    /** The JDK tells a broken connection from a certificate that it refuses by these words alone. */
    private static boolean hungUp(IOException fault) {
        return String.valueOf(fault.getMessage()).startsWith("Remote host ");
    }
}
