// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp;

import io.taskbound.cli.http.LocalAnswer;
import io.taskbound.cli.http.LocalServer;
import io.taskbound.cli.serve.LedgerStore;
import io.taskbound.client.GrantedToken;
import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.ServerCredentials;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import io.taskbound.client.dpop.ProofKey;
import io.taskbound.digest.Sha256;
import io.taskbound.http.IssuerEdge;
import io.taskbound.http.IssuerParts;
import io.taskbound.identity.FetchPolicy;
import io.taskbound.identity.HttpKeyFetcher;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.local.OwnPort;
import io.taskbound.local.StandInProvider;
import io.taskbound.policy.Policy;
import io.taskbound.token.LocalSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** The issuer over HTTP, with a policy for agents that work on tickets. */
final class TicketIssuer implements AutoCloseable {
    static final String AUDIENCE = "https://tickets.acme.example/mcp";
    static final String SECRET = "dGlja2V0cy1nYXRld2F5LXNlY3JldC1mb3ItdGVzdHM";
    private static final Clock CLOCK = Clock.systemUTC();

    private final StandInProvider provider = StandInProvider.start(CLOCK);
    private final LedgerStore store = LedgerStore.inMemory();
    private final CopyOnWriteArrayList<String> audit = new CopyOnWriteArrayList<>();
    private final LocalServer server;

    private TicketIssuer(LocalServer server, String proof) {
        this.server = server;
        var current = new CurrentPolicy(policy(proof), new HttpKeyFetcher(FetchPolicy.WITH_LOOPBACK));
        var edge = new IssuerEdge(new IssuerParts(
                url(), current, store.ledger(), LocalSigner.generate(), Runnable::run, audit::add, line -> {}, CLOCK));
        server.serve(LocalAnswer.by(edge));
    }

    static TicketIssuer start() throws IOException {
        return new TicketIssuer(OwnPort.bind(LocalServer::bind), "optional");
    }

    /** Whose gateway takes only tokens that are bound to a key, and proofs with a nonce. */
    static TicketIssuer requiringProofs() throws IOException {
        return new TicketIssuer(OwnPort.bind(LocalServer::bind), "required");
    }

    private Policy policy(String proof) {
        var text =
                """
                {"version":1,
                 "providers":{"github":{"profile":"github","issuer":"%s","audience":"%s"}},
                 "resource_servers":{
                   "tickets":{"audience":"%s","checks":"redeem","proof":"%s","client_secret_hashes":["%s"]},
                   "other":{"audience":"https://other.acme.example/mcp","checks":"redeem","client_secret_hashes":["%s"]}},
                 "callers":{"main":[{"provider":"github","claims":{"repository_id":"2002","repository_owner_id":"1001",
                    "ref":"refs/heads/main","ref_type":"branch"}}]},
                 "tasks":{
                   "answer":{"permissions":[
                     {"resource_server":"tickets","actions":["read"],"identifiers":["ticket:*"]},
                     {"resource_server":"tickets","actions":["update"],"identifiers":["record:*"]}],
                     "max_lifetime":"10m","max_uses":1,"allow":["main"]},
                   "watch":{"permissions":[
                     {"resource_server":"tickets","actions":["read"],"identifiers":["ticket:*"]}],
                     "max_lifetime":"10m","max_uses":"unlimited","allow":["main"]},
                   "elsewhere":{"permissions":[
                     {"resource_server":"other","actions":["read"],"identifiers":["ticket:*"]}],
                     "max_lifetime":"10m","max_uses":1,"allow":["main"]}}}
                """.formatted(provider.issuer(), url(), AUDIENCE, proof, Sha256.hex(SECRET), Sha256.hex("x" + SECRET));
        return Policy.compile(object(text), 1)
                .orElseThrow(faulty -> new AssertionError(faulty.faults().toString()));
    }

    private static JsonObject object(String text) {
        try {
            return StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson malformed) {
            throw new AssertionError(malformed);
        }
    }

    String url() {
        return server.url();
    }

    IssuerClient client() {
        return IssuerClient.builder(IssuerUrl.of(url())).build();
    }

    ServerCredentials credentials() {
        return ServerCredentials.of("tickets", SECRET);
    }

    /** A token of a run of its own. */
    GrantedToken token(TaskDetail... details) {
        return token(TaskRequest.of(details));
    }

    /** The same, bound to a key. */
    GrantedToken bound(ProofKey key, TaskDetail... details) {
        return token(TaskRequest.of(details).withProofKey(key));
    }

    private GrantedToken token(TaskRequest request) {
        var claims = provider.github("acme/shop", "main")
                .with("run_id", UUID.randomUUID().toString())
                .forAudience(url());
        var answer = client().mint(IdToken.of(provider.idToken(claims)), request.withTxn(UUID.randomUUID()));
        if (answer instanceof MintAnswer.Granted granted) {
            return granted.token();
        }
        throw new AssertionError(answer + " " + audit);
    }

    /** Reading one ticket and updating one record, once each. */
    GrantedToken agent() {
        return token(TaskDetail.of("answer", "read", "ticket:T-7"), TaskDetail.of("answer", "update", "record:R-3"));
    }

    /** Answers nobody from now on. */
    void goesAway() {
        server.close();
    }

    @Override
    public void close() throws Exception {
        server.close();
        store.close();
        provider.close();
    }
}
