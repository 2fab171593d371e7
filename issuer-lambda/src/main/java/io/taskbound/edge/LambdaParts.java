// SPDX-License-Identifier: Apache-2.0
package io.taskbound.edge;

import io.taskbound.audit.AuditEntry;
import io.taskbound.audit.Event;
import io.taskbound.audit.Outcome;
import io.taskbound.identity.HttpKeyFetcher;
import io.taskbound.identity.Reach;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.issuer.Refusal;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.DynamoClients;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.Ledger;
import io.taskbound.policy.Fault;
import io.taskbound.policy.Policy;
import io.taskbound.token.KmsSigner;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.TaskSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import software.amazon.awssdk.services.kms.KmsClient;

/** Wires the function. The signing key is opened by the first request that needs it, never in a snapshot. */
final class LambdaParts {
    private static final Duration RETENTION = Duration.ofDays(30);
    private static final Duration SIGNER_CALL = Duration.ofSeconds(3);
    private static final Duration SIGNER_ATTEMPT = Duration.ofMillis(1_200);
    private final String issuerUrl;
    private final CurrentPolicy policy;
    private final Ledger ledger;
    private final Opening signer;
    private final Executor aside;
    private final Consumer<String> audit;
    private final Clock clock;
    private Optional<IssuerEdge> edge = Optional.empty();

    /** Opens the signing key. */
    @FunctionalInterface
    interface Opening {
        TaskSigner open() throws SignerUnavailable;
    }

    LambdaParts(
            String issuerUrl,
            CurrentPolicy policy,
            Ledger ledger,
            Opening signer,
            Executor aside,
            Consumer<String> audit,
            Clock clock) {
        this.issuerUrl = issuerUrl;
        this.policy = policy;
        this.ledger = ledger;
        this.signer = signer;
        this.aside = aside;
        this.audit = audit;
        this.clock = clock;
    }

    static LambdaParts of(Settings settings, Clock clock) {
        return new LambdaParts(
                settings.issuerUrl(),
                new CurrentPolicy(
                        policy(settings.policyFile(), settings.issuerUrl()),
                        new HttpKeyFetcher(new Reach(false, settings.privateHosts()))),
                new DynamoLedger(DynamoClients.ofEnvironment(), settings.table(), RETENTION),
                () -> KmsSigner.open(kms(), settings.signingKey()),
                Executors.newCachedThreadPool(LambdaParts::daemon),
                System.out::println,
                clock);
    }

    /** Bounded, so that a signer outage is an answer of 503 and not a function that runs into its time-out. */
    private static KmsClient kms() {
        return KmsClient.builder()
                .overrideConfiguration(
                        bounds -> bounds.apiCallTimeout(SIGNER_CALL).apiCallAttemptTimeout(SIGNER_ATTEMPT))
                .build();
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "aside");
        thread.setDaemon(true);
        return thread;
    }

    /** Absent, unreadable or invalid: the function does not start, and nothing is issued. */
    private static Policy policy(Path file, String issuerUrl) {
        try {
            var compiled = Policy.compile(StrictJson.parseObject(Files.readAllBytes(file)), 1);
            if (compiled instanceof Policy.Ok ok) {
                CurrentPolicy.requireOthers(ok.policy(), issuerUrl);
                return ok.policy();
            }
            throw new Settings.Unusable(((Policy.Faulty) compiled)
                    .faults().stream().map(fault -> file + ": " + line(fault)).toList());
        } catch (IllegalArgumentException ownIssuer) {
            throw new Settings.Unusable(List.of(file + ": " + ownIssuer.getMessage()));
        } catch (IOException | MalformedJson unreadable) {
            throw new Settings.Unusable(List.of(Settings.POLICY_FILE + ": " + file + " cannot be read ("
                    + unreadable.getMessage() + "); package the canonical JSON of a checked policy"));
        }
    }

    private static String line(Fault fault) {
        return fault.path() + ": " + fault.message() + "; " + fault.remedy();
    }

    /** The issuer, or empty while the signing key cannot be opened; the next request tries again. */
    synchronized Optional<IssuerEdge> edge() {
        if (edge.isEmpty()) {
            try {
                edge = Optional.of(
                        new IssuerEdge(new IssuerParts(issuerUrl, policy, ledger, signer.open(), aside, audit, clock)));
            } catch (SignerUnavailable outage) {
                return Optional.empty();
            }
        }
        return edge;
    }

    HttpResponse signerOutage(HttpRequest request) {
        var now = clock.instant();
        var requestId = RequestId.of(request.requestId(), now);
        var refusal = Refusal.signerUnavailable();
        audit.accept(AuditEntry.begin(Event.REQUEST, requestId, now)
                .error(refusal.code().wire())
                .reason(refusal.reason())
                .end(Outcome.UNAVAILABLE));
        return new Answers(issuerUrl).refusal(refusal, requestId);
    }
}
