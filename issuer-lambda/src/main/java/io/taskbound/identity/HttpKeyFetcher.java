// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.HttpsURLConnection;

/**
 * Fetches over HTTPS within bounds: 2 s to connect, 4 s in all, 256 KB, no redirects, no addresses outside its
 * {@link FetchPolicy} (threat model R11, R35, R36). Uses the JDK's URL connection, whose first use costs a quarter of
 * the newer client's at a cold start.
 */
public final class HttpKeyFetcher implements KeyFetcher {
    /**
     * The media type of a key set (RFC 7517 section 8.5) first: a Kubernetes API server answers 406 to whoever asks for
     * JSON alone. The discovery document, and the key sets of most others, are plain JSON.
     */
    private static final String ACCEPT = "application/jwk-set+json, application/json";

    private static final int CONNECT_MILLIS = 2_000;
    static final Duration TOTAL = Duration.ofSeconds(4);
    private static final int MAX_OCTETS = 256 * 1024;

    private final FetchPolicy reach;
    private final Optional<ProxySelector> proxies;
    private final Optional<Supplier<Authenticator>> logins;

    /** Through the proxy that the JVM is told of, if it is. */
    public HttpKeyFetcher(FetchPolicy reach) {
        this(reach, Optional.empty(), Optional.empty());
    }

    private HttpKeyFetcher(
            FetchPolicy reach, Optional<ProxySelector> proxies, Optional<Supplier<Authenticator>> logins) {
        this.reach = reach;
        this.proxies = proxies;
        this.logins = logins;
    }

    /**
     * Through these proxies. What goes through one is looked up by the proxy, so that addresses are its concern: the
     * hosts are still only those that the policy names.
     *
     * @param proxies throws {@link IllegalArgumentException}, with a sentence for the operator, if it cannot tell
     * @param logins makes, for each fetch, what gives user and password to a proxy that wants them
     */
    public static HttpKeyFetcher through(FetchPolicy reach, ProxySelector proxies, Supplier<Authenticator> logins) {
        return new HttpKeyFetcher(reach, Optional.of(proxies), Optional.of(logins));
    }

    @Override
    public byte[] get(URI uri) throws IOException {
        return get(uri, Optional.empty());
    }

    /**
     * A thread of its own, because neither a name look-up nor a body that drips byte by byte ends at a read timeout.
     * When time is up the thread is left behind and ends on its own: it holds nothing.
     */
    @Override
    public byte[] get(URI uri, Optional<PrivateCa> ca) throws IOException {
        var fetch = new FutureTask<>(() -> fetch(uri, ca));
        var thread = new Thread(fetch, "key-fetch");
        thread.setDaemon(true);
        thread.start();
        try {
            return fetch.get(TOTAL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException tooSlow) {
            fetch.cancel(true);
            throw FetchFaults.timedOut(tooSlow);
        } catch (InterruptedException interrupted) {
            fetch.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException failed) {
            throw FetchFaults.of(failed.getCause());
        }
    }

    private byte[] fetch(URI uri, Optional<PrivateCa> ca) throws IOException {
        var proxy = proxy(uri);
        if (proxy.isPresent()) {
            FetchPolicy.requireHttps(uri);
        } else {
            reach.check(uri);
        }
        var connection = open(uri, proxy);
        try {
            if (ca.isPresent() && connection instanceof HttpsURLConnection secure) {
                secure.setSSLSocketFactory(ca.get().sockets());
            }
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout((int) TOTAL.toMillis());
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setRequestProperty("Accept", ACCEPT);
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw notFound(status);
            }
            return body(connection);
        } finally {
            connection.disconnect();
        }
    }

    private Optional<Proxy> proxy(URI uri) throws KeysOutOfReach {
        try {
            return proxies.map(those -> those.select(uri).get(0)).filter(found -> found.type() != Proxy.Type.DIRECT);
        } catch (IllegalArgumentException unusable) {
            throw new KeysOutOfReach(KeyTrouble.Kind.PROXY, String.valueOf(unusable.getMessage()), unusable);
        }
    }

    private HttpURLConnection open(URI uri, Optional<Proxy> proxy) throws IOException {
        if (proxies.isEmpty()) {
            return (HttpURLConnection) uri.toURL().openConnection();
        }
        var connection = (HttpURLConnection) uri.toURL().openConnection(proxy.orElse(Proxy.NO_PROXY));
        logins.ifPresent(login -> connection.setAuthenticator(login.get()));
        return connection;
    }

    private static KeysOutOfReach notFound(int status) {
        if (status == HttpURLConnection.HTTP_PROXY_AUTH) {
            return FetchFaults.proxy(new IOException("status 407"));
        }
        return status >= 300 && status < 400
                ? new KeysOutOfReach(
                        KeyTrouble.Kind.REDIRECT,
                        "the answer was " + status + ", a redirect, and redirects are not followed")
                : new KeysOutOfReach(KeyTrouble.Kind.STATUS, "the answer was " + status);
    }

    private static byte[] body(HttpURLConnection connection) throws IOException {
        try (var in = connection.getInputStream()) {
            long deadline = System.nanoTime() + TOTAL.toNanos();
            var body = new byte[MAX_OCTETS + 1];
            int length = 0;
            int read = 0;
            while (read >= 0 && length <= MAX_OCTETS) {
                // An abandoned fetch must not live on for as long as the other side drips.
                if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                    throw FetchFaults.timedOut(new IOException("too slow"));
                }
                length += read;
                read = length < body.length ? in.read(body, length, body.length - length) : -1;
            }
            if (length > MAX_OCTETS) {
                throw new KeysOutOfReach(
                        KeyTrouble.Kind.TOO_LARGE, "the answer is longer than " + MAX_OCTETS / 1024 + " KB");
            }
            return java.util.Arrays.copyOf(body, length);
        }
    }
}
