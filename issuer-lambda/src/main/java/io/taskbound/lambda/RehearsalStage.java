// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.issuer.PolicyTerms;
import io.taskbound.issuer.PublishedPolicy;
import io.taskbound.ledger.DynamoConnection;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.metrics.Meters;
import io.taskbound.token.KmsSigner;
import io.taskbound.token.SealedKeys;
import io.taskbound.token.SignerUnavailable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import software.amazon.awssdk.http.SdkHttpClient;

/** A function as a {@link Rehearsal} plays it, with all that it is wired from; closing it leaves none of that. */
final class RehearsalStage implements AutoCloseable {
    private static final String KEY = "arn:aws:kms:us-east-1:000000000000:key/rehearsal";
    private static final long ENDING_SECONDS = 2;

    private final AwsHttp http;
    private final NobodysCredentials credentials = new NobodysCredentials();
    private final ExecutorService executor = Executors.newCachedThreadPool(LambdaWiring::daemon);
    private final DynamoConnection dynamo;
    private final KmsConnection kms;
    private final WarmUp.Warmed function;

    private RehearsalStage(
            RehearsalPlan plan,
            Clock clock,
            RehearsalScene scene,
            StubAws aws,
            Function<AwsHttp, SdkHttpClient> transport,
            AwsHttp http,
            Function<LambdaWiring, WarmUp.Warmed> made)
            throws SignerUnavailable {
        this.http = http;
        var client = transport.apply(http);
        this.dynamo = DynamoConnection.over(client, credentials::next);
        this.kms = KmsConnection.over(client, credentials::next);
        addKey(plan, aws.table());
        this.function = made.apply(wiring(plan, clock, scene, aws.table().name()));
    }

    /** Over sockets to a stand-in. */
    static RehearsalStage over(
            LoopbackAws loopback,
            AwsHttp http,
            RehearsalPlan plan,
            Clock clock,
            RehearsalScene scene,
            StubAws aws,
            Function<LambdaWiring, WarmUp.Warmed> made)
            throws SignerUnavailable {
        // Both are the function's own kind of client, one around the other: the compilers shall know no other.
        return new RehearsalStage(
                plan,
                clock,
                scene,
                aws,
                own -> new LazyHttpClient("rehearsal", () -> new Redirected(own.client(), loopback.uri())),
                http,
                made);
    }

    /** Without sockets. */
    static RehearsalStage within(
            RehearsalPlan plan,
            Clock clock,
            RehearsalScene scene,
            StubAws aws,
            Function<LambdaWiring, WarmUp.Warmed> made)
            throws SignerUnavailable {
        return new RehearsalStage(plan, clock, scene, aws, own -> aws, new AwsHttp(Map.of()), made);
    }

    WarmUp.Handler handler() {
        return function.handler();
    }

    /** Everything is loaded again by the next request. */
    void drop() {
        function.drop().run();
    }

    private void addKey(RehearsalPlan plan, StubTable table) throws SignerUnavailable {
        if (plan.signer() == SignerKind.KMS) {
            table.addSigningKey(KmsSigner.open(kms.client(), KEY).keyId(), "ka", KEY);
        } else {
            var sealed = new SealedKeys(kms.client(), KEY, table.name()).make();
            table.addSigningKey(sealed.keyId(), "kx", sealed.secret());
        }
    }

    private LambdaWiring wiring(RehearsalPlan plan, Clock clock, RehearsalScene scene, String table) {
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new LambdaWiring(
                RehearsalScene.ISSUER,
                new LedgerComponent(() -> dynamo.ledger(table, DynamoLedger.DEFAULT_RETENTION)),
                () -> dynamo.ledger(table, DynamoLedger.DEFAULT_RETENTION).timeToLive(),
                () -> policy(plan, scene, table, clock),
                new SigningKeysComponent(
                        () -> dynamo.keys(table), kms::client, plan.signer(), KEY, table, System.err::println, clock),
                this::disconnect,
                executor,
                LambdaWiring.linesTo(nowhere),
                System.err::println,
                plan.metered() ? LambdaWiring.meters("rehearsal", nowhere) : Meters.off(),
                plan,
                () -> {},
                clock);
    }

    private CurrentPolicy policy(RehearsalPlan plan, RehearsalScene scene, String table, Clock clock) {
        var fetcher = scene.fetcher();
        return plan.published()
                ? CurrentPolicy.following(
                        new PublishedPolicy(
                                dynamo.policies(table), table, PolicyTerms.of(RehearsalScene.ISSUER), Optional.empty()),
                        scene.policy(),
                        fetcher,
                        clock.instant(),
                        System.err::println)
                : new CurrentPolicy(scene.policy(), fetcher);
    }

    private void disconnect() {
        dynamo.drop();
        kms.drop();
        http.drop();
    }

    @Override
    public void close() throws IOException {
        drop();
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(ENDING_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("a thread of the rehearsal does not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
