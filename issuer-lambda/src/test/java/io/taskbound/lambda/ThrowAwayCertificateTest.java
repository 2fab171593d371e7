// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** Good for the address that it was made for, for a while, and for who was given its trust. */
class ThrowAwayCertificateTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Instant NOW = Clock.systemUTC().instant();

    @Test
    void isTrustedByWhomItsTrustWasGiven() throws Exception {
        var certificate = ThrowAwayCertificate.of(HERE, NOW);
        assertThat(connected(certificate, certificate)).isEqualTo(1);
    }

    @Test
    void isTrustedByNobodyElse() throws Exception {
        var other = ThrowAwayCertificate.of(HERE, NOW);
        assertRefused(ThrowAwayCertificate.of(HERE, NOW), other);
    }

    @Test
    void isGoodForNoOtherAddress() throws Exception {
        var elsewhere = ThrowAwayCertificate.of(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), NOW);
        assertRefused(elsewhere, elsewhere);
    }

    private static void assertRefused(ThrowAwayCertificate shown, ThrowAwayCertificate trusted) {
        assertThatThrownBy(() -> connected(shown, trusted)).isInstanceOf(SSLException.class);
    }

    /** The octet that the other side sends when both are content. */
    private static int connected(ThrowAwayCertificate shown, ThrowAwayCertificate trusted) throws Exception {
        var client = SSLContext.getInstance("TLS");
        client.init(null, trusted.trust(), null);
        try (var server = shown.context().getServerSocketFactory().createServerSocket(0, 1, HERE)) {
            var answered = CompletableFuture.runAsync(() -> {
                try (var socket = server.accept()) {
                    socket.getOutputStream().write(1);
                } catch (IOException refused) {
                    // the client tells
                }
            });
            try (var socket = (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", server.getLocalPort())) {
                socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
                var parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                return socket.getInputStream().read();
            } finally {
                server.close();
                answered.join();
            }
        }
    }
}
