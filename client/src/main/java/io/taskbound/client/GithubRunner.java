// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import io.taskbound.client.internal.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The runner of a GitHub Actions job, which gives out ID tokens to a job with {@code permissions: {id-token: write}}.
 * Asks again on anything but an ID token, with the tries of {@link Patience#DEFAULT}. Holds the job's request token and
 * never shows it.
 */
public final class GithubRunner {
    /** The environment variable with the URL to ask at. */
    public static final String URL = "ACTIONS_ID_TOKEN_REQUEST_URL";

    /** The environment variable with the bearer secret to ask with. */
    public static final String TOKEN = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";

    private final String url;
    private final String bearer;
    private final Calls calls;

    private GithubRunner(String url, String bearer, Calls calls) {
        this.url = url;
        this.bearer = bearer;
        this.calls = calls;
    }

    /** What the runner answered. */
    public sealed interface Answer {
        /** An ID token, which nobody has checked yet. */
        record Fetched(IdToken idToken) implements Answer {}

        /**
         * None; the job may be run again.
         *
         * @param why printable and without a secret, such as {@code it answered 503}
         */
        record NotFetched(String why) implements Answer {}

        /** One function for each kind of answer. */
        default <T> T match(Function<Fetched, T> fetched, Function<NotFetched, T> notFetched) {
            return this instanceof Fetched it ? fetched.apply(it) : notFetched.apply((NotFetched) this);
        }
    }

    /**
     * Empty outside GitHub Actions, and in a job that may not ask.
     *
     * @param environment of this process
     * @throws IllegalArgumentException when the two variables are not what a runner sets; its message never repeats
     *     them
     */
    public static Optional<GithubRunner> of(Map<String, String> environment, Transport transport) {
        return of(environment, new Calls("it", transport, Settings.clock(), Settings.sleeper(), Settings.jitter()));
    }

    static Optional<GithubRunner> of(Map<String, String> environment, Calls calls) {
        String url = environment.getOrDefault(URL, "");
        String bearer = environment.getOrDefault(TOKEN, "");
        if (url.isEmpty() || bearer.isEmpty()) {
            return Optional.empty();
        }
        requireHttp(url);
        return Optional.of(new GithubRunner(url, SecretText.checked(TOKEN, bearer), calls));
    }

    private static void requireHttp(String url) {
        try {
            var uri = URI.create(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (uri.getHost() != null && (scheme.equals("https") || scheme.equals("http"))) {
                return;
            }
        } catch (IllegalArgumentException notAUrl) {
            // Not as the cause: its message repeats the text.
        }
        throw new IllegalArgumentException(URL + " is not an HTTP URL");
    }

    /**
     * A fresh ID token.
     *
     * @param audience its {@code aud}: the issuer's URL, unless the issuer's policy names another
     */
    public Answer fetch(String audience) {
        var uri = URI.create(url + (url.contains("?") ? "&" : "?") + "audience="
                + URLEncoder.encode(audience, StandardCharsets.UTF_8));
        Map<String, String> headers =
                Map.of("Authorization", "Bearer " + bearer, "Accept", "application/json; api-version=2.0");
        return calls.send(uri, headers, new byte[0], Patience.DEFAULT, GithubRunner::isWorthAnother)
                .match(
                        GithubRunner::read,
                        none -> new Answer.NotFetched(none.outage().sentence()));
    }

    /** Asking changes nothing there, and the runner's endpoint has bad moments of every kind. */
    private static boolean isWorthAnother(Try asked) {
        return asked.isNotFinal()
                && asked.answer()
                        .map(GithubRunner::read)
                        .filter(Answer.Fetched.class::isInstance)
                        .isEmpty();
    }

    private static Answer read(Reply.Received received) {
        return read(received.answer());
    }

    private static Answer read(TransportAnswer answer) {
        if (answer.status() != 200) {
            return new Answer.NotFetched("it answered " + answer.status());
        }
        return JsonObject.parse(answer.body())
                .map(body -> read(body.text("value").orElse("")))
                .orElseGet(() -> new Answer.NotFetched("it did not answer with JSON"));
    }

    private static Answer read(String value) {
        try {
            return new Answer.Fetched(IdToken.of(value));
        } catch (IllegalArgumentException e) {
            return new Answer.NotFetched("its answer holds none (" + e.getMessage() + ")");
        }
    }

    @Override
    public String toString() {
        return "GithubRunner[secret]";
    }
}
