// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.overhttp;

import io.taskbound.cli.http.LocalAnswer;
import io.taskbound.cli.http.LocalServer;
import io.taskbound.cli.serve.LedgerStore;
import io.taskbound.http.IssuerEdge;
import io.taskbound.http.IssuerParts;
import io.taskbound.identity.FetchPolicy;
import io.taskbound.identity.HttpKeyFetcher;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.issuer.Sweep;
import io.taskbound.json.JsonObject;
import io.taskbound.ledger.Ledger;
import io.taskbound.local.OwnPort;
import io.taskbound.local.StandInProvider;
import io.taskbound.token.LocalSigner;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The issuer as {@code serve} wires it, at its real time: DynamoDB Local in this process, a stand-in GitHub that signs
 * ID tokens, {@link TestPolicy} in force, listening on 127.0.0.1.
 */
public final class LiveIssuer implements AutoCloseable {
    private static final Clock CLOCK = Clock.systemUTC();

    private final StandInProvider provider = StandInProvider.start(CLOCK);
    private final LedgerStore store = LedgerStore.inMemory();
    private final LocalServer server;
    private final AtomicReference<String> lastDecision = new AtomicReference<>("none");
    private final Consumer<String> audit;

    private LiveIssuer(LocalServer server, Consumer<String> audit) {
        this.server = server;
        this.audit = audit;
    }

    public static LiveIssuer start() throws IOException {
        return start(line -> {});
    }

    /** @param audit gets each line of the audit log as well */
    public static LiveIssuer start(Consumer<String> audit) throws IOException {
        var issuer = new LiveIssuer(OwnPort.bind(LocalServer::bind), audit);
        issuer.serve();
        return issuer;
    }

    private void serve() {
        var policy =
                new CurrentPolicy(TestPolicy.trusting(provider, url()), new HttpKeyFetcher(FetchPolicy.WITH_LOOPBACK));
        var edge = new IssuerEdge(new IssuerParts(
                url(),
                policy,
                store.ledger(),
                LocalSigner.generate(),
                Runnable::run,
                this::decided,
                line -> {},
                CLOCK));
        server.serve(LocalAnswer.by(edge));
    }

    private void decided(String line) {
        lastDecision.set(line);
        audit.accept(line);
    }

    /** Another sweeper of the same ledger, by this clock. */
    public Sweep sweep(Clock clock) {
        return new Sweep(store.sweeper(), line -> audit.accept(line.text()), line -> {}, clock);
    }

    /** Its name in tokens, and where it listens. */
    public String url() {
        return server.url();
    }

    public int port() {
        return URI.create(url()).getPort();
    }

    public Ledger ledger() {
        return store.ledger();
    }

    /** The newest line of the audit log. */
    public String lastDecision() {
        return lastDecision.get();
    }

    /** A fresh ID token of a push to acme/shop's main branch. */
    public String idToken() {
        return provider.idToken(provider.github("acme/shop", "main").forAudience(url()));
    }

    /** The same from a run of its own. */
    public String idToken(String run) {
        var claims = provider.github("acme/shop", "main").with("run_id", run);
        return provider.idToken(claims.forAudience(url()));
    }

    public Answer exchange(String idToken, JsonObject details, UUID txn) {
        return Calls.exchange(url(), idToken, details, txn);
    }

    /** A fresh token for the task, or the test ends here. */
    public String mint(JsonObject details) {
        var answer = exchange(idToken(), details, UUID.randomUUID());
        if (answer.status() != 200) {
            throw new AssertionError(answer + "\n" + lastDecision());
        }
        return answer.text("access_token");
    }

    public Answer revoke(String token) {
        return Calls.revoke(url(), token);
    }

    /** Whether this resource server is told that the token is alive. */
    public boolean isAlive(String token, String server) {
        return Calls.introspect(url(), token, server).body().bool("active").orElseThrow();
    }

    @Override
    public void close() throws Exception {
        server.close();
        store.close();
        provider.close();
    }
}
