// SPDX-License-Identifier: Apache-2.0
package io.taskbound.outbound;

import io.taskbound.identity.FetchPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.net.ssl.HttpsURLConnection;

/**
 * Calls foreign services within bounds: 2 s to connect, 8 s in all, an answer of limited length, no redirects, no
 * addresses outside its {@link FetchPolicy}, one connection for each call (threat model R11, R35, R36). A request that
 * changes something is sent once: the JDK's URL connection, which is used for its short first use, would by itself send
 * some a second time. Safe for use by many threads.
 */
public final class OutboundHttp {
    private static final int CONNECT_MILLIS = 2_000;
    private static final Duration TOTAL = Duration.ofSeconds(8);

    private final FetchPolicy reach;
    private final Optional<ProxySelector> proxies;
    private final Optional<Supplier<Authenticator>> logins;

    /** Directly, whatever proxy the JVM is told of. */
    public OutboundHttp(FetchPolicy reach) {
        this(reach, Optional.empty(), Optional.empty());
    }

    private OutboundHttp(FetchPolicy reach, Optional<ProxySelector> proxies, Optional<Supplier<Authenticator>> logins) {
        this.reach = reach;
        this.proxies = proxies;
        this.logins = logins;
    }

    /**
     * Through these proxies, https only. What goes through one is looked up by the proxy, so that addresses are its
     * concern: the hosts are still only those that the policy names.
     *
     * @param proxies throws {@link IllegalArgumentException} if it cannot tell
     * @param logins makes, for each call, what gives user and password to a proxy that wants them
     */
    public static OutboundHttp through(FetchPolicy reach, ProxySelector proxies, Supplier<Authenticator> logins) {
        return new OutboundHttp(reach, Optional.of(proxies), Optional.of(logins));
    }

    /**
     * Sends it and waits for the whole answer, at most 8 s and at most for as long as is given. A thread of its own,
     * because neither a name look-up nor a body that drips byte by byte ends at a read timeout; when time is up the
     * thread is left behind and ends on its own.
     */
    public Reply send(Call call, Duration within) throws CallFailed {
        var bound = within.compareTo(TOTAL) < 0 ? within : TOTAL;
        var sent = new AtomicBoolean();
        if (bound.isNegative() || bound.isZero()) {
            throw Faults.late(sent.get());
        }
        var task = new FutureTask<>(() -> exchange(call, bound, sent));
        var thread = new Thread(task, "outbound-call");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException tooSlow) {
            task.cancel(true);
            throw Faults.late(sent.get());
        } catch (InterruptedException interrupted) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new CallFailed("interrupted", sent.get());
        } catch (ExecutionException failed) {
            throw Faults.of(failed.getCause(), sent.get());
        }
    }

    private Reply exchange(Call call, Duration bound, AtomicBoolean sent) throws IOException, CallFailed {
        long deadline = System.nanoTime() + bound.toNanos();
        var connection = open(call.uri());
        try {
            if (call.ca().isPresent() && connection instanceof HttpsURLConnection secure) {
                secure.setSSLSocketFactory(call.ca().get().sockets());
            }
            connection.setConnectTimeout(Math.min(CONNECT_MILLIS, (int) bound.toMillis()));
            connection.setReadTimeout((int) bound.toMillis());
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setRequestMethod(call.method());
            call.headers().forEach(connection::setRequestProperty);
            if (call.body().isPresent()) {
                connection.setDoOutput(true);
                // Only a request of a length that is known beforehand is never sent again by the JDK.
                connection.setFixedLengthStreamingMode(call.body().get().length);
            }
            connection.connect();
            sent.set(true);
            if (call.body().isPresent()) {
                try (var out = connection.getOutputStream()) {
                    out.write(call.body().get());
                }
            }
            return answer(connection, call.maxAnswerBytes(), deadline);
        } finally {
            connection.disconnect();
        }
    }

    private HttpURLConnection open(URI uri) throws IOException, CallFailed {
        var proxy = proxy(uri);
        if (proxy.isEmpty()) {
            var objection = reach.objection(uri);
            if (objection.isPresent()) {
                throw Faults.of(objection.get());
            }
        } else if (!"https".equals(uri.getScheme())) {
            throw new CallFailed("through a proxy, only https is spoken", false);
        }
        var connection = (HttpURLConnection) uri.toURL().openConnection(proxy.orElse(Proxy.NO_PROXY));
        logins.ifPresent(login -> connection.setAuthenticator(login.get()));
        return connection;
    }

    private Optional<Proxy> proxy(URI uri) throws CallFailed {
        try {
            return proxies.map(those -> those.select(uri).get(0)).filter(found -> found.type() != Proxy.Type.DIRECT);
        } catch (IllegalArgumentException unusable) {
            throw new CallFailed("the proxy that is set here cannot be used", false);
        }
    }

    private static Reply answer(HttpURLConnection connection, int maxBytes, long deadline)
            throws IOException, CallFailed {
        int status;
        try {
            status = connection.getResponseCode();
        } catch (HttpRetryException wouldAskForALogin) {
            // The JDK gives the body away when it cannot send the request again.
            return new Reply(wouldAskForALogin.responseCode(), Map.of(), new byte[0]);
        }
        if (status < 0) {
            throw new CallFailed("the answer is not HTTP", true);
        }
        var stream = Optional.ofNullable(status < 400 ? connection.getInputStream() : connection.getErrorStream());
        try (var in = stream.orElse(InputStream.nullInputStream())) {
            return new Reply(status, headers(connection), body(in, maxBytes, deadline));
        }
    }

    private static Map<String, String> headers(HttpURLConnection connection) {
        var headers = new HashMap<String, String>();
        connection.getHeaderFields().forEach((name, values) -> {
            // The status line has no name; a header that comes twice is none of those that are asked for.
            if (Optional.ofNullable(name).isPresent() && values.size() == 1) {
                headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values).get(0));
            }
        });
        return headers;
    }

    private static byte[] body(InputStream in, int maxBytes, long deadline) throws IOException, CallFailed {
        var body = new byte[maxBytes + 1];
        int length = 0;
        int read = 0;
        while (read >= 0 && length <= maxBytes) {
            // An abandoned call must not live on for as long as the other side drips.
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                throw Faults.late(true);
            }
            length += read;
            read = length < body.length ? in.read(body, length, body.length - length) : -1;
        }
        if (length > maxBytes) {
            throw new CallFailed("the answer is longer than " + maxBytes / 1024 + " KB", true);
        }
        return Arrays.copyOf(body, length);
    }
}
