// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.ProxyConfiguration;
import hudson.model.Items;
import hudson.util.FormValidation;
import io.jenkins.plugins.oidc_provider.IdTokenStringCredentials;
import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.Refusal;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The Test button: does the issuer answer, do the clocks agree, does it know this controller's key, is the audience
 * right? Only a build can prove that a rule allows its task.
 */
final class ConnectionTest {
    /** The clock skew that the issuer tolerates. */
    private static final Duration MAX_SKEW = Duration.ofSeconds(30);

    private static final Duration MAX_WAIT = Duration.ofSeconds(10);
    /** No policy can contain a task of this name with this target, so that nothing can be granted. */
    private static final TaskDetail NOTHING =
            new TaskDetail("jenkins-connection-test", List.of(), List.of(), "none:none");

    private ConnectionTest() {}

    static FormValidation of(String issuerText, String credentialsId) {
        IssuerUrl issuer;
        try {
            issuer = IssuerUrl.of(issuerText.strip());
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
        Optional<IdTokenStringCredentials> credential = ControllerCredential.find(credentialsId);
        if (credential.isEmpty()) {
            return FormValidation.error(
                    "Choose a credential: an OpenID Connect id token in the system store, with scope Global");
        }
        return skew(issuer).orElseGet(() -> dryRun(issuer, credential.get()));
    }

    /** What is wrong with the clocks, or with the way there. */
    private static Optional<FormValidation> skew(IssuerUrl issuer) {
        HttpRequest health = ProxyConfiguration.newHttpRequestBuilder(URI.create(issuer + "/healthz"))
                .build();
        try {
            // A request's own timeout covers the headers only: the server could send a body forever.
            return ProxyConfiguration.newHttpClientBuilder()
                    .connectTimeout(MAX_WAIT)
                    .build()
                    .sendAsync(health, HttpResponse.BodyHandlers.discarding())
                    .get(MAX_WAIT.toSeconds(), TimeUnit.SECONDS)
                    .headers()
                    .firstValue("Date")
                    .flatMap(ConnectionTest::skew);
        } catch (ExecutionException e) {
            // Whoever is there to say why there is no way says it to the client too, which has words for it.
            return e.getCause() instanceof HttpTimeoutException late
                    ? Optional.of(silent(issuer, late))
                    : Optional.empty();
        } catch (TimeoutException e) {
            return Optional.of(silent(issuer, e));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.of(FormValidation.error("Interrupted"));
        }
    }

    private static FormValidation silent(IssuerUrl issuer, Throwable why) {
        return FormValidation.error(
                "No answer from " + issuer + ": " + why.getClass().getSimpleName());
    }

    private static Optional<FormValidation> skew(String date) {
        try {
            Instant there = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration apart = Duration.between(there, Instant.now());
            return apart.abs().compareTo(MAX_SKEW) <= 0
                    ? Optional.empty()
                    : Optional.of(FormValidation.error(
                            "The clock of this controller is " + apart.abs().toSeconds() + " s "
                                    + (apart.isNegative() ? "behind" : "ahead of")
                                    + " the issuer's. Synchronize it with NTP"));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    private static FormValidation dryRun(IssuerUrl issuer, IdTokenStringCredentials credential) {
        TaskRequest request = TaskRequest.of(NOTHING);
        IdToken idToken;
        try {
            idToken = idToken(issuer, credential, request);
        } catch (RuntimeException e) {
            return FormValidation.error("Jenkins could not create an ID token: " + e.getMessage());
        }
        IssuerClient client = IssuerClients.at(issuer, audience(issuer, credential));
        return client.dryRun(idToken, request)
                .match(
                        granted -> FormValidation.error(Refusals.afterGrantedDryRun(client, granted)),
                        wouldGrant -> good(),
                        // An issuer that wants approval has believed the ID token.
                        pending -> good(),
                        no -> judged(no.refusal()),
                        none -> FormValidation.error("No answer from " + issuer + ": "
                                + none.outage().sentence()));
    }

    private static IdToken idToken(IssuerUrl issuer, IdTokenStringCredentials stored, TaskRequest request) {
        // Never on the stored credential: the audience would stay with it. Its own copying asks for a build, and here
        // is none.
        var copy = (IdTokenStringCredentials) Items.XSTREAM2.fromXML(Items.XSTREAM2.toXML(stored));
        copy.setAudience(audience(issuer, stored) + "#" + request.txn());
        return IdToken.of(copy.getSecret().getPlainText());
    }

    private static String audience(IssuerUrl issuer, IdTokenStringCredentials stored) {
        return stored.getAudience() == null ? issuer.toString() : stored.getAudience();
    }

    /**
     * An issuer that refuses the task and not the ID token has believed the ID token: key, clock and audience are
     * right.
     */
    private static FormValidation judged(Refusal refusal) {
        if (!refusal.code().equals("invalid_request")) {
            return good();
        }
        String id =
                refusal.requestId().map(known -> " (request id " + known + ")").orElse("");
        return FormValidation.error("The issuer does not accept this controller's ID token" + id
                + ". Compare the provider entry below with the policy: issuer, audience and key file. "
                + Refusals.KEY_REMEDY);
    }

    private static FormValidation good() {
        return FormValidation.ok(
                "The issuer answers, the clocks agree, and it accepts this controller's ID tokens: key and audience"
                        + " are correct. Only a build can prove that a rule allows its task");
    }
}
