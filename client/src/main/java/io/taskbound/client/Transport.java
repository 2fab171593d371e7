// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.io.IOException;

/**
 * Sends one HTTP request and returns its answer; {@link HttpTransport} is ours, a host such as Jenkins may bring one
 * with its own proxy settings. An implementation must not follow redirects, must not try again by itself, must keep the
 * request's time limit for the whole answer and must read no more of it than the request allows.
 */
public interface Transport {
    /**
     * Any HTTP status is an answer.
     *
     * @throws ProxyLoginException when the proxy wants a user and password, or other ones
     * @throws java.net.ConnectException or {@link java.net.http.HttpConnectTimeoutException} when nothing was sent,
     *     also because the thread was interrupted, whose flag is then set again
     * @throws java.net.http.HttpTimeoutException when the time limit passed after sending
     * @throws java.io.InterruptedIOException when the thread was interrupted; its interrupt flag is set again
     * @throws AnswerTooLargeException when the answer is longer than {@link TransportRequest#maxAnswerBytes}
     * @throws IOException for any other fault; callers must assume that the request may have arrived
     */
    TransportAnswer send(TransportRequest request) throws IOException;
}
