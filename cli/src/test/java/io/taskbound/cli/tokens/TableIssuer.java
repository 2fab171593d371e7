// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import io.taskbound.cli.http.LocalAnswer;
import io.taskbound.cli.http.LocalServer;
import io.taskbound.cli.terminal.ServerSecret;
import io.taskbound.client.GrantedToken;
import io.taskbound.client.IdToken;
import io.taskbound.client.IntrospectAnswer;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.RedeemAnswer;
import io.taskbound.client.RenewAnswer;
import io.taskbound.client.ServerCredentials;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import io.taskbound.client.Use;
import io.taskbound.digest.Sha256;
import io.taskbound.http.IssuerEdge;
import io.taskbound.http.IssuerParts;
import io.taskbound.identity.FetchPolicy;
import io.taskbound.identity.HttpKeyFetcher;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.ledger.PolicyRelease;
import io.taskbound.ledger.PolicyStore;
import io.taskbound.local.StandInProvider;
import io.taskbound.policy.Policy;
import io.taskbound.policy.PolicyVersion;
import io.taskbound.token.LocalSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The real issuer over HTTP on a table of its own, over HTTP too, and {@code taskbound tokens} on the same table. The
 * deployer introspects, the signer redeems.
 */
final class TableIssuer implements AutoCloseable {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final String AUDIENCE = "https://tokens.acme.example";
    private static final String ARTIFACT = "artifact:acme/shop/app.jar@sha256:" + "9f".repeat(32);

    private final URI endpoint;
    private final String table = "tokens-" + UUID.randomUUID();
    private final ServerSecret secret = ServerSecret.random();
    private final StandInProvider provider = StandInProvider.start(CLOCK);
    private final DynamoDbClient client;
    private final LocalServer server;
    private final IssuerClient issuer;
    private final Map<String, String> environment = new HashMap<>(
            Map.of("AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local", "AWS_REGION", "us-east-1"));

    TableIssuer(URI endpoint, AwsCredentialsProvider credentials) {
        this.endpoint = endpoint;
        this.client = patient(endpoint, credentials);
        LedgerTable.create(client, table);
        try {
            this.server = LocalServer.bind(0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        var policy = new CurrentPolicy(policy(), new HttpKeyFetcher(FetchPolicy.WITH_LOOPBACK));
        server.serve(LocalAnswer.by(new IssuerEdge(new IssuerParts(
                server.url(),
                policy,
                ledger(),
                LocalSigner.generate(),
                Runnable::run,
                line -> {},
                line -> {},
                CLOCK))));
        this.issuer = IssuerClient.builder(IssuerUrl.of(server.url()))
                .idTokenAudience(AUDIENCE)
                .build();
    }

    /** For a machine that does other things, too. */
    private static DynamoDbClient patient(URI endpoint, AwsCredentialsProvider credentials) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .httpClientBuilder(Apache5HttpClient.builder().socketTimeout(Duration.ofSeconds(60)))
                .build();
    }

    String table() {
        return table;
    }

    DynamoDbClient client() {
        return client;
    }

    Ledger ledger() {
        return new DynamoLedger(new DynamoTable(client, table), Duration.ofDays(30));
    }

    private Policy policy() {
        return Policy.compile(document(), 1)
                .orElseThrow(faulty -> new AssertionError(faulty.faults().toString()));
    }

    /** Puts the policy into the table, as `policy push` does. */
    void publishPolicy() {
        var json = JsonText.canonical(document());
        var release = new PolicyRelease(
                new PolicyVersion(1, Sha256.hex(json)),
                0,
                PolicyStore.partsOf(json),
                CLOCK.instant().minus(Duration.ofDays(2)),
                "ada",
                Optional.empty(),
                Optional.empty());
        var store = new PolicyStore(new DynamoTable(client, table));
        store.claim(release);
        store.write(release, json);
        store.moveHead(release);
    }

    private JsonObject document() {
        try {
            return StrictJson.parseObject("""
                    {"version":1,
                     "providers":{"github":{"profile":"github","issuer":"%s","audience":"%s"}},
                     "resource_servers":{
                       "deployer":{"audience":"https://deploy.acme.example","checks":"introspect",
                         "client_secret_hashes":["%s"]},
                       "signer":{"audience":"https://signer.acme.example","checks":"redeem",
                         "client_secret_hashes":["%s"]}},
                     "callers":{"acme":[{"provider":"github","claims":{"repository_owner_id":"1001"}}]},
                     "tasks":{
                       "deploy":{"permissions":[{"resource_server":"deployer","actions":["deploy"],
                         "identifiers":["env:production"]}],"max_lifetime":"15m","lease":"5m","allow":["acme"]},
                       "sign":{"permissions":[{"resource_server":"signer","actions":["sign"],
                         "identifiers":["artifact:acme/**@sha256:{sha256}"]}],
                         "max_lifetime":"10m","max_uses":3,"allow":["acme"]}}}
                    """.formatted(provider.issuer(), AUDIENCE, secret.hash(), secret.hash())
                    .getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson malformed) {
            throw new AssertionError(malformed);
        }
    }

    MintAnswer ask(String task, String repository, String run) {
        var idToken = provider.idToken(
                provider.github(repository, "main").with("run_id", run).forAudience(AUDIENCE));
        var detail = TaskDetail.of(task, task, task.equals("sign") ? ARTIFACT : "env:production");
        return issuer.mint(
                IdToken.of(idToken),
                TaskRequest.of(detail).withTxn(UUID.randomUUID()).withLease(Duration.ofMinutes(2)));
    }

    GrantedToken mint(String task, String repository, String run) {
        var answer = ask(task, repository, run);
        assertThat(answer).isInstanceOf(MintAnswer.Granted.class);
        return ((MintAnswer.Granted) answer).token();
    }

    GrantedToken mint(String task) {
        return mint(task, "acme/shop", "7001");
    }

    boolean isRefused(String task) {
        return ask(task, "acme/shop", "7001") instanceof MintAnswer.Refused;
    }

    boolean introspects(GrantedToken token) {
        var answer = issuer.introspect(server(token), token.token());
        assertThat(answer).isInstanceOfAny(IntrospectAnswer.Active.class, IntrospectAnswer.Inactive.class);
        return answer instanceof IntrospectAnswer.Active;
    }

    boolean redeems(GrantedToken token, String useId) {
        var answer = issuer.redeem(server(token), token.token(), new Use("sign", ARTIFACT, useId).allowingRepeat());
        assertThat(answer)
                .isInstanceOfAny(
                        RedeemAnswer.Redeemed.class, RedeemAnswer.Repeated.class, RedeemAnswer.NotRedeemed.class);
        return !(answer instanceof RedeemAnswer.NotRedeemed);
    }

    boolean renews(GrantedToken token) {
        var answer = issuer.renew(token.token(), token.holder());
        assertThat(answer).isInstanceOfAny(RenewAnswer.Renewed.class, RenewAnswer.Refused.class);
        return answer instanceof RenewAnswer.Renewed;
    }

    void close(GrantedToken token) {
        issuer.close(token.token());
    }

    private ServerCredentials server(GrantedToken token) {
        boolean signs = token.details().get(0).task().equals("sign");
        return ServerCredentials.of(signs ? "signer" : "deployer", secret.reveal());
    }

    /** {@code taskbound tokens} on this table. */
    Ran tokens(String... args) {
        var line = new ArrayList<>(List.of("tokens"));
        line.addAll(List.of(args));
        line.addAll(List.of("--table", table, "--endpoint-url", endpoint.toString()));
        return Ran.with(environment, "", line.toArray(String[]::new));
    }

    /** The same with {@code --json}; it must end well. */
    JsonObject json(String... args) {
        var line = new ArrayList<>(List.of(args));
        line.add("--json");
        var ran = tokens(line.toArray(String[]::new));
        assertThat(ran.code()).as(ran.err()).isZero();
        try {
            return StrictJson.parseObject(ran.out().strip().getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson malformed) {
            throw new AssertionError(ran.out(), malformed);
        }
    }

    @Override
    public void close() {
        server.close();
        provider.close();
        client.close();
    }
}
