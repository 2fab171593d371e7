// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What breaks before the request left is no lost answer: nothing can have been granted, so nothing has to be closed.
 */
class NothingWasSentTest {
    private static final String ISSUER = "https://tokens.acme.example";
    private final TestClock clock = new TestClock();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 403 Forbidden\r\nContent-Length: 20\r\n\r\n<html>CANARY</html>\n",
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "HTTP/1.1 302 Found\r\nLocation: https://login.acme.example/\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 500 x\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 503 x\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 504 x\r\nContent-Length: 0\r\n\r\n",
                "CANARY is no HTTP\r\n\r\n",
                "",
                "HTTP/1.1 200 Connection established\r\n\r\n",
                "HTTP/1.1 200 Connection established\r\n\r\n<html>CANARY</html> instead of TLS"
            })
    void aProxyThatOpensNoTunnelIsNoLostAnswer(String answer) throws Exception {
        try (var proxy = new ConnectProxy(answer)) {
            MintAnswer minted = client(proxy).mint(Samples.idToken(), Samples.request());
            assertThat(minted.mayHaveLeftAToken()).isFalse();
            Outage outage = ((MintAnswer.Unavailable) minted).outage();
            assertThat(outage.sentence()).isEqualTo("no connection to tokens.acme.example");
            assertThat(outage.kind()).isEqualTo(Outage.Kind.UNREACHABLE);
            assertThat(outage.tries()).isEqualTo(3);
            assertThat(proxy.asked()).hasSize(3).containsOnly("CONNECT tokens.acme.example:443 HTTP/1.1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 407 x\r\nProxy-Authenticate: Basic realm=\"CANARY\"\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 407 x\r\nProxy-Authenticate: Negotiate\r\nContent-Length: 6\r\n\r\nCANARY",
                "HTTP/1.1 407 x\r\nContent-Length: 0\r\n\r\n"
            })
    void aProxyThatWantsAPasswordIsAskedOnce(String answer) throws Exception {
        try (var proxy = new ConnectProxy(answer)) {
            MintAnswer minted = client(proxy).mint(Samples.idToken(), Samples.request());
            assertThat(minted.mayHaveLeftAToken()).isFalse();
            Outage outage = ((MintAnswer.Unavailable) minted).outage();
            assertThat(outage.kind()).isEqualTo(Outage.Kind.PROXY_LOGIN);
            assertThat(outage.sentence()).isEqualTo("the proxy wants a user and password, or other ones");
            assertThat(proxy.asked()).hasSize(1);
        }
    }

    @Test
    void aServerThatTakesTheConnectionAndSaysNothingOfTlsWasSentNothing() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            MintAnswer minted = IssuerClient.builder(IssuerUrl.of("https://127.0.0.1:" + silent.getLocalPort()))
                    .idTokenAudience(ISSUER)
                    .patience(new Patience(
                            1,
                            Duration.ofSeconds(60),
                            Duration.ofSeconds(2),
                            Duration.ofMillis(1),
                            Duration.ofMillis(1)))
                    .build()
                    .mint(Samples.idToken(), Samples.request());
            assertThat(minted.mayHaveLeftAToken()).isFalse();
        }
    }

    @Test
    void anInterruptBeforeThereIsAConnectionWasSentNothing() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var answer = new AtomicReference<MintAnswer>();
            var flag = new AtomicBoolean();
            var caller = new Thread(() -> {
                answer.set(IssuerClient.builder(IssuerUrl.of(ISSUER))
                        .transport(HttpTransport.through(
                                ProxySelector.of((InetSocketAddress) silent.getLocalSocketAddress())))
                        .build()
                        .mint(Samples.idToken(), Samples.request()));
                flag.set(Thread.currentThread().isInterrupted());
            });
            caller.start();
            try (var asked = silent.accept()) {
                assertThat(asked.getInputStream().read()).isEqualTo('C');
                caller.interrupt();
                caller.join();
            }
            assertThat(answer.get().mayHaveLeftAToken()).isFalse();
            assertThat(((MintAnswer.Unavailable) answer.get()).outage().kind()).isEqualTo(Outage.Kind.INTERRUPTED);
            assertThat(flag).isTrue();
        }
    }

    @Test
    void aHostThatDoesNotExistWasSentNothing() {
        MintAnswer minted = IssuerClient.builder(IssuerUrl.of("https://nobody.invalid"))
                .idTokenAudience(ISSUER)
                .clock(clock)
                .sleeper(clock)
                .build()
                .mint(Samples.idToken(), Samples.request());
        assertThat(minted.mayHaveLeftAToken()).isFalse();
        assertThat(((MintAnswer.Unavailable) minted).outage().sentence()).isEqualTo("no connection to nobody.invalid");
    }

    @Test
    void aLoginNeverShows() {
        assertThat(ProxyLogin.of("CANARY", "CANARY").toString()).doesNotContain("CANARY");
    }

    private IssuerClient client(ConnectProxy proxy) throws IOException {
        return IssuerClient.builder(IssuerUrl.of(ISSUER))
                .transport(HttpTransport.through(ProxySelector.of(proxy.address())))
                .clock(clock)
                .sleeper(clock)
                .patience(Samples.patience())
                .build();
    }
}
