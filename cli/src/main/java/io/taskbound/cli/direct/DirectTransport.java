// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.direct;

import io.taskbound.client.AnswerTooLargeException;
import io.taskbound.client.HttpTransport;
import io.taskbound.client.ProxyLoginException;
import io.taskbound.client.Transport;
import io.taskbound.client.TransportAnswer;
import io.taskbound.client.TransportRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * {@link Transport} in which the calling thread itself writes the request and reads the answer, over connections that
 * are kept: HTTP/1.1, no redirects, no cookies, no proxy. With the JDK's client two other threads have to wake up for
 * each request, which takes longer than the rest of a short call. An interrupt is noticed at the time limit at the
 * latest.
 */
public final class DirectTransport implements Transport {
    private static final int PROXY_LOGIN = 407;

    /** A name server that does not answer holds nobody up for longer. */
    private static final Duration LONGEST_LOOKUP = Duration.ofSeconds(3);

    /** Who closed a connection in the meantime is noticed when it has been idle for longer; looking takes 1 ms. */
    private static final TimeValue LOOK_AFTER_IDLE = TimeValue.ofSeconds(1);

    /** A longer pause than most servers and networks keep an idle connection is not worth a try. */
    private static final TimeValue LONGEST_IDLE = TimeValue.ofSeconds(30);

    private final CloseableHttpClient client;
    private final TimeLimits limits = new TimeLimits();

    private DirectTransport(CloseableHttpClient client) {
        this.client = client;
    }

    /** @param connections as many requests as will be under way at once; more wait for their turn */
    public static DirectTransport create(int connections) {
        return new DirectTransport(HttpClients.custom()
                .setConnectionManager(connections(connections))
                .setKeepAliveStrategy((answer, context) -> LONGEST_IDLE)
                .setUserAgent("taskbound")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableContentCompression()
                .disableAuthCaching()
                .build());
    }

    private static PoolingHttpClientConnectionManager connections(int most) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new NameLookup(most, LONGEST_LOOKUP))
                .setTlsSocketStrategy(DefaultClientTlsStrategy.createSystemDefault())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(HttpTransport.CONNECT_TIMEOUT))
                        .setValidateAfterInactivity(LOOK_AFTER_IDLE)
                        .build())
                .setMaxConnPerRoute(most)
                .setMaxConnTotal(most)
                .build();
    }

    @Override
    public TransportAnswer send(TransportRequest request) throws IOException {
        var sent = new SentRequest(request);
        sent.setConfig(config(request));
        try (var limit = limits.start(sent, request.timeout())) {
            try (var answer = client.executeOpen(null, sent, null)) {
                return read(answer, request.maxAnswerBytes());
            } catch (IOException fault) {
                throw Fault.of(fault, sent.mayHaveLeft(), limit.isOver());
            }
        }
    }

    private static RequestConfig config(TransportRequest request) {
        var limit = Timeout.of(request.timeout().toMillis(), TimeUnit.MILLISECONDS);
        return RequestConfig.custom()
                .setConnectionRequestTimeout(limit)
                .setResponseTimeout(limit)
                .setAuthenticationEnabled(false)
                .setRedirectsEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build();
    }

    /** What is not read to its end is dropped with its connection. */
    private static TransportAnswer read(ClassicHttpResponse answer, int maxBytes) throws IOException {
        if (answer.getCode() == PROXY_LOGIN) {
            throw new ProxyLoginException();
        }
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (var header : answer.getHeaders()) {
            headers.putIfAbsent(header.getName(), header.getValue());
        }
        return new TransportAnswer(answer.getCode(), headers, body(answer, maxBytes));
    }

    private static byte[] body(ClassicHttpResponse answer, int maxBytes) throws IOException {
        var entity = answer.getEntity();
        if (entity == null) {
            return new byte[0];
        }
        try (var in = entity.getContent()) {
            var body = in.readNBytes(maxBytes + 1);
            if (body.length > maxBytes) {
                answer.close();
                throw new AnswerTooLargeException(maxBytes);
            }
            return body;
        }
    }
}
