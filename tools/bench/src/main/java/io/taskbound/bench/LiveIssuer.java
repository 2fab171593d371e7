// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.http.HttpRequest;
import io.taskbound.http.HttpResponse;
import io.taskbound.http.IssuerEdge;
import io.taskbound.http.IssuerParts;
import io.taskbound.identity.FetchPolicy;
import io.taskbound.identity.HttpKeyFetcher;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.local.StandInProvider;
import io.taskbound.metrics.Meters;
import io.taskbound.token.LocalSigner;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** An issuer as the Lambda function wires it, with a stand-in GitHub, while the time passes; it can lose its ledger. */
final class LiveIssuer implements AutoCloseable {
    private final Clock clock;
    private final LocalSigner signer = LocalSigner.generate();
    private final StandInProvider provider;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final AtomicLong numbers = new AtomicLong();
    private final IssuerEdge edge;
    private volatile boolean ledgerLost;

    /** @param log takes the lines that the function's log group would get: decisions and metrics */
    LiveIssuer(Ledger ledger, Consumer<String> log, Clock clock) {
        this.clock = clock;
        this.provider = StandInProvider.start(clock);
        var meters = Meters.writing("taskbound", System::nanoTime, log, line -> {});
        var fetcher = meters.watching(new HttpKeyFetcher(FetchPolicy.WITH_LOOPBACK));
        var policy = new CurrentPolicy(PolicyText.compiled(provider.issuer(), PolicyText.one()), fetcher);
        this.edge = new IssuerEdge(
                new IssuerParts(Scene.ISSUER, policy, losable(ledger), signer, executor, log, line -> {}, clock),
                meters);
    }

    HttpResponse ask(HttpRequest request) {
        return edge.handle(request);
    }

    StandInProvider provider() {
        return provider;
    }

    /** Each step is a run of its own, as most are. */
    long nextRun() {
        return 7_000 + numbers.incrementAndGet();
    }

    String idToken(long run, String claim, String value) {
        return provider.idToken(provider.github("acme/shop", "main")
                .forAudience(Scene.ISSUER)
                .with("jti", "id-token-" + numbers.incrementAndGet())
                .with("run_id", Long.toString(run))
                .with(claim, value));
    }

    void loseLedger(boolean lost) {
        ledgerLost = lost;
    }

    /** What somebody with a stolen signing key makes: a good signature, and no record. */
    String tokenOfAThief() {
        var policy = new CurrentPolicy(
                PolicyText.compiled(provider.issuer(), PolicyText.one()),
                new HttpKeyFetcher(FetchPolicy.WITH_LOOPBACK));
        var thief = new IssuerEdge(new IssuerParts(
                Scene.ISSUER, policy, new NoLedger(), signer, Runnable::run, line -> {}, line -> {}, clock));
        return Answered.token(thief.handle(Asks.mint(idToken(nextRun(), "actor", "mallory"), Scene.SIGN)));
    }

    private Ledger losable(Ledger ledger) {
        return (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    if (ledgerLost) {
                        throw new LedgerUnavailable("taken away");
                    }
                    try {
                        return method.invoke(ledger, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    @Override
    public void close() {
        executor.shutdown();
        provider.close();
    }
}
