// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * {@link Transport} over the JDK's HTTP client: HTTP/1.1, no redirects, no cookies, the JVM's proxy settings unless
 * told.
 */
public final class HttpTransport implements Transport {
    /** Long enough for a lost SYN, short enough to try again. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient client;
    private final Function<URI, Optional<ProxyLogin>> logins;

    private HttpTransport(HttpClient client, Function<URI, Optional<ProxyLogin>> logins) {
        this.client = client;
        this.logins = logins;
    }

    /** With the JVM's proxy settings. */
    public static HttpTransport create() {
        return new HttpTransport(settings().build(), uri -> Optional.empty());
    }

    /** With proxy settings of your own. */
    public static HttpTransport through(ProxySelector proxy) {
        return through(proxy, uri -> Optional.empty());
    }

    /**
     * With proxy settings of your own.
     *
     * @param logins the user and password for the proxy of a request to this address, where it goes through one that
     *     wants them
     */
    public static HttpTransport through(ProxySelector proxy, Function<URI, Optional<ProxyLogin>> logins) {
        return new HttpTransport(settings().proxy(proxy).build(), logins);
    }

    /**
     * Over a host's own client, such as one that logs in at a proxy: HTTP/1.1, redirects and the connect limit become
     * ours.
     */
    public static HttpTransport over(HttpClient.Builder host) {
        return new HttpTransport(limited(host).build(), uri -> Optional.empty());
    }

    private static HttpClient.Builder settings() {
        return limited(HttpClient.newBuilder());
    }

    private static HttpClient.Builder limited(HttpClient.Builder builder) {
        return builder.version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT);
    }

    @Override
    public TransportAnswer send(TransportRequest request) throws IOException {
        var body = new SentBody(
                request.method().equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(request.body()));
        CompletableFuture<HttpResponse<byte[]>> pending =
                client.sendAsync(toHttp(request, body), head -> new CappedBody(request.maxAnswerBytes()));
        try {
            // HttpRequest.timeout ends with the headers (JDK-8208693); only this limit covers a body that stalls.
            return toAnswer(pending.get(request.timeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException tooLate) {
            boolean nothingSent = nothingSent(request, body);
            pending.cancel(true);
            throw nothingSent
                    ? new HttpConnectTimeoutException("no connection in time")
                    : new HttpTimeoutException("no whole answer in time");
        } catch (InterruptedException interrupted) {
            boolean nothingSent = nothingSent(request, body);
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw nothingSent
                    ? new ConnectException("interrupted before there was a connection")
                    : new InterruptedIOException("interrupted while waiting for the answer");
        } catch (ExecutionException e) {
            throw ConnectFault.of(asFault(e), nothingSent(request, body));
        }
    }

    /** A request without a body is never asked for one. */
    private static boolean nothingSent(TransportRequest request, SentBody body) {
        return request.method().equals("POST") && body.withhold();
    }

    private HttpRequest toHttp(TransportRequest request, SentBody body) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(request.uri()).timeout(request.timeout()).method(request.method(), body);
        request.headers().forEach(builder::header);
        // The JDK keeps it from the server behind the proxy.
        logins.apply(request.uri()).ifPresent(login -> builder.header("Proxy-Authorization", login.header()));
        return builder.build();
    }

    private static TransportAnswer toAnswer(HttpResponse<byte[]> response) throws ProxyLoginException {
        // No server asks for this but a proxy, and one that refuses a tunnel leaves no body.
        if (response.statusCode() == 407) {
            throw new ProxyLoginException();
        }
        var headers = new TreeMap<String, String>();
        response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
        return new TransportAnswer(response.statusCode(), headers, response.body());
    }

    private static IOException asFault(ExecutionException e) {
        return e.getCause() instanceof IOException fault ? fault : new IOException("request failed", e.getCause());
    }
}
