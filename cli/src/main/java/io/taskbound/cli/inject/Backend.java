// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

import io.taskbound.cli.once.RestedClients;
import io.taskbound.cli.proxy.EnvironmentProxies;
import io.taskbound.client.GrantedToken;
import io.taskbound.client.dpop.ProofKey;
import io.taskbound.client.resource.Scheme;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.regex.Pattern;

/**
 * Sends requests to the service with the token, and with a proof of its key for each where it is bound to one (RFC
 * 9449). Each request is sent once, but for one that the service refused only because its proof had no nonce, or an old
 * one. Redirects are not followed.
 */
final class Backend {
    /** What the JDK's client reads once, before its first request. */
    private static final String TRIES = "jdk.httpclient.redirects.retrylimit";

    private static final String RETRY_CONNECT = "jdk.httpclient.disableRetryConnect";
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int UNAUTHORIZED = 401;
    private static final String NONCE = "dpop-nonce";
    /** RFC 9449 section 8.1. */
    private static final Pattern NONCE_FORM = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,256}");

    private static final Pattern WANTS_NONCE = Pattern.compile("(?i)DPoP\\b.*error=\"?use_dpop_nonce\"?.*");

    private final RestedClients clients;
    private final EnvironmentProxies proxies;
    private final ExecutorService threads;
    private final GrantedToken granted;

    Backend(EnvironmentProxies proxies, ExecutorService threads, GrantedToken granted) {
        this.clients = new RestedClients(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .proxy(proxies));
        this.proxies = proxies;
        this.threads = threads;
        this.granted = granted;
    }

    /**
     * Has this process send each request once. By itself the JDK's client sends a GET again whose connection was closed
     * without an answer: the service would count two uses, or take the second proof for a replay. To be called before
     * the first request of the process.
     */
    static void sendOnce() {
        System.setProperty(TRIES, "1");
        // Else a refused connection would count as a try, and its reason would be lost.
        System.setProperty(RETRY_CONNECT, "true");
    }

    /**
     * The answer's head, and its body as it comes.
     *
     * @throws IOException if none came; the request may have been carried out all the same
     * @throws CancellationException if it was stopped
     */
    HttpResponse<InputStream> send(Admitted request, Upload body, Underway underway)
            throws IOException, InterruptedException {
        var answer = send(request, body.first(threads), underway);
        heard(answer);
        if (!wantsNonce(answer)) {
            return answer;
        }
        var again = body.again();
        if (again.isEmpty()) {
            return answer;
        }
        answer.body().close();
        var second = send(request, again.get(), underway);
        heard(second);
        return second;
    }

    private HttpResponse<InputStream> send(Admitted request, BodyPublisher body, Underway underway)
            throws IOException, InterruptedException {
        var lease = clients.take();
        underway.uses(lease);
        var pending = lease.client().sendAsync(toHttp(request, body), BodyHandlers.ofInputStream());
        underway.waitsFor(pending);
        try {
            var answer = pending.get();
            underway.reads(answer.body());
            underway.progress();
            return answer;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException fault ? fault : new IOException("not sent", e.getCause());
        }
    }

    private HttpRequest toHttp(Admitted request, BodyPublisher body) {
        var head = request.head();
        var builder = HttpRequest.newBuilder(request.url()).method(head.method(), body);
        var fields = Fields.of(head.header("connection"));
        head.headers().forEach((name, values) -> {
            if (fields.passesOnward(name)) {
                values.forEach(value -> builder.header(name, value));
            }
        });
        // What is compressed could hold the token without our seeing it.
        builder.header("Accept-Encoding", "identity");
        proxies.authorization(request.url()).ifPresent(login -> builder.header("Proxy-Authorization", login));
        if (request.withToken()) {
            authorize(builder, head.method(), request.url());
        }
        return builder.build();
    }

    private void authorize(HttpRequest.Builder builder, String method, URI url) {
        var token = granted.token();
        var key = granted.proofKey();
        var scheme = key.isPresent() ? Scheme.DPOP : Scheme.BEARER;
        builder.header("Authorization", scheme.word() + " " + token.reveal());
        key.ifPresent(held -> builder.header("DPoP", held.proof(method, url, held.lastNonce(), token)));
    }

    private void heard(HttpResponse<InputStream> answer) {
        var nonces = answer.headers().allValues(NONCE);
        if (nonces.size() == 1 && NONCE_FORM.matcher(nonces.get(0)).matches()) {
            granted.proofKey().ifPresent(key -> key.heard(nonces.get(0)));
        }
    }

    private boolean wantsNonce(HttpResponse<InputStream> answer) {
        return answer.statusCode() == UNAUTHORIZED
                && key().isPresent()
                && !answer.headers().allValues(NONCE).isEmpty()
                && answer.headers().allValues("www-authenticate").stream()
                        .anyMatch(value -> WANTS_NONCE.matcher(value).matches());
    }

    private Optional<ProofKey> key() {
        return granted.proofKey();
    }
}
