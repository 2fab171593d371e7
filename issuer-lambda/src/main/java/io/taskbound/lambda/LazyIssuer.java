// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.http.IssuerEdge;
import io.taskbound.http.IssuerParts;
import io.taskbound.issuer.AudienceAgreement;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.ledger.Ledger;
import io.taskbound.token.SigningKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The issuer of a function, loaded by the first request or after a snapshot is restored, and dropped before one. */
final class LazyIssuer {
    private final LambdaWiring wiring;
    private final Lazy<Ledger> ledger;
    private final Lazy<CurrentPolicy> policy;
    private final Lazy<SigningKeys> signer;
    private final TableTtl timeToLive;
    private @Nullable IssuerEdge edge;

    LazyIssuer(LambdaWiring wiring) {
        this.wiring = wiring;
        this.ledger = new Lazy<>(wiring.ledger());
        this.policy = new Lazy<>(wiring.policy());
        this.signer = new Lazy<>(wiring.signer());
        this.timeToLive = new TableTtl(wiring.timeToLive());
    }

    /** The issuer; what could not be had before is tried again. */
    synchronized IssuerEdge edge() throws NotReady {
        var issuer = edge;
        if (issuer == null) {
            openAtOnce();
            issuer = new IssuerEdge(
                    new IssuerParts(
                            wiring.issuerUrl(),
                            policy.get(),
                            ledger.get(),
                            signer.get(),
                            wiring.hookSecrets().get(),
                            Optional.of(wiring.delivering().apply(signer.get())),
                            Optional.of(wiring.logins()),
                            wiring.executor(),
                            wiring.audit(),
                            wiring.operatorLog(),
                            wiring.clock()),
                    wiring.meters());
            edge = issuer;
        }
        return issuer;
    }

    /** The issuer for a mint, which wants more than the other verbs do: what is written must be forgotten one day. */
    IssuerEdge edgeToMint(Instant now) throws NotReady {
        var ready = edge();
        var missing = timeToLive.missing(now);
        if (missing.isPresent()) {
            throw new NotReady(missing.get());
        }
        return ready;
    }

    /** Each of them waits for a service, so they wait together. */
    private void openAtOnce() {
        var now = wiring.clock().instant();
        Stream.<Runnable>of(policy::tryOpen, signer::tryOpen, () -> timeToLive.missing(now))
                .map(opening -> CompletableFuture.runAsync(opening, wiring.executor()))
                .toList()
                .forEach(CompletableFuture::join);
    }

    /**
     * Loads all that can be loaded in the time, the providers' keys too. The rest is left to the requests; never
     * throws.
     */
    void load(Duration within) {
        load(within, () -> {});
    }

    /** The same, with something to do meanwhile. */
    void load(Duration within, Runnable meanwhile) {
        var loading = CompletableFuture.runAsync(this::load, wiring.executor())
                .orTimeout(within.toMillis(), TimeUnit.MILLISECONDS);
        meanwhile.run();
        try {
            loading.get();
        } catch (ExecutionException leftToTheRequests) {
            wiring.operatorLog().accept("taskbound: not everything was loaded ahead; requests will load it");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void load() {
        try {
            edge();
            AudienceAgreement.warnings(policy.get().now().policy(), wiring.issuerUrl())
                    .forEach(wiring.operatorLog());
            policy.get()
                    .now()
                    .verifier()
                    .fetchKeys(wiring.clock().instant(), wiring.executor())
                    .forEach((provider, why) -> wiring.operatorLog()
                            .accept("taskbound: the keys of provider " + provider + " cannot be used: " + why.text()));
        } catch (NotReady leftToTheRequests) {
            wiring.operatorLog()
                    .accept("taskbound: not loaded ahead: "
                            + leftToTheRequests.missing().word());
        }
    }

    /** Everything that prevents issuing; asks the services, so it is not for every request. */
    List<Missing> missing(Instant now) {
        return Stream.of(ledger.missing(), timeToLive.missing(now), policy.missing(), signer.missing())
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    /** Drops everything that was loaded and closes the connections. */
    synchronized void drop() {
        edge = null;
        ledger.drop();
        policy.drop();
        signer.drop();
        timeToLive.drop();
        wiring.disconnect().run();
    }
}
