// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.http.IssuerEdge;
import io.taskbound.http.IssuerParts;
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

/** The issuer of a function, loaded by the first request or after a snapshot is restored, and dropped before one. */
final class LazyIssuer {
    private final LambdaWiring parts;
    private final Lazy<Ledger> ledger;
    private final Lazy<CurrentPolicy> policy;
    private final Lazy<SigningKeys> signer;
    private final TableTtl timeToLive;
    private Optional<IssuerEdge> edge = Optional.empty();

    LazyIssuer(LambdaWiring parts) {
        this.parts = parts;
        this.ledger = new Lazy<>(parts.ledger());
        this.policy = new Lazy<>(parts.policy());
        this.signer = new Lazy<>(parts.signer());
        this.timeToLive = new TableTtl(parts.timeToLive());
    }

    /** The issuer; what could not be had before is tried again. */
    synchronized IssuerEdge edge() throws NotReady {
        if (edge.isEmpty()) {
            openAtOnce();
            edge = Optional.of(new IssuerEdge(
                    new IssuerParts(
                            parts.issuerUrl(),
                            policy.get(),
                            ledger.get(),
                            signer.get(),
                            parts.aside(),
                            parts.audit(),
                            parts.clock()),
                    parts.meters()));
        }
        return edge.get();
    }

    /** The issuer for a mint, which wants more than the other verbs do: what is written must be forgotten one day. */
    IssuerEdge edgeToMint(Instant now) throws NotReady {
        var ready = edge();
        var lack = timeToLive.lack(now);
        if (lack.isPresent()) {
            throw new NotReady(lack.get());
        }
        return ready;
    }

    /** Each of them waits for a service, so they wait together. */
    private void openAtOnce() {
        var now = parts.clock().instant();
        Stream.<Runnable>of(policy::tryOpen, signer::tryOpen, () -> timeToLive.lack(now))
                .map(opening -> CompletableFuture.runAsync(opening, parts.aside()))
                .toList()
                .forEach(CompletableFuture::join);
    }

    /** Loads all that can be loaded in the time, the providers' keys too. The rest is left to the requests; never throws. */
    void load(Duration within) {
        load(within, () -> {});
    }

    /** The same, with something to do meanwhile. */
    void load(Duration within, Runnable meanwhile) {
        var loading = CompletableFuture.runAsync(this::load, parts.aside())
                .orTimeout(within.toMillis(), TimeUnit.MILLISECONDS);
        meanwhile.run();
        try {
            loading.get();
        } catch (ExecutionException leftToTheRequests) {
            System.err.println("taskbound: not all was loaded ahead; the requests will load it");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void load() {
        try {
            edge();
            policy.get().now().verifier().fetchKeys(parts.clock().instant(), parts.aside());
        } catch (NotReady leftToTheRequests) {
            System.err.println(
                    "taskbound: not loaded ahead: " + leftToTheRequests.lack().word());
        }
    }

    /** One read, whatever comes of it, so that the way to the table is known to this process; then all is dropped again. */
    void touchTheTable() {
        ledger.lack();
        drop();
    }

    /** Everything that stands in the way of issuing; asks the services, so it is not for every request. */
    List<Missing> lacks(Instant now) {
        return Stream.of(ledger.lack(), timeToLive.lack(now), policy.lack(), signer.lack())
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    /** Drops everything that was loaded and closes the connections. */
    synchronized void drop() {
        edge = Optional.empty();
        ledger.drop();
        policy.drop();
        signer.drop();
        timeToLive.drop();
        parts.disconnect().run();
    }
}
