// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.taskbound.http.SettableClock;
import io.taskbound.http.TestIssuer;
import io.taskbound.identity.FetchPolicy;
import io.taskbound.identity.HttpKeyFetcher;
import io.taskbound.identity.IdToken;
import io.taskbound.issuer.PolicyTerms;
import io.taskbound.ledger.DynamoConnection;
import io.taskbound.ledger.TableState;
import io.taskbound.local.ClaimSet;
import io.taskbound.local.StandInProvider;
import io.taskbound.metrics.Meters;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Lambda's hooks around a snapshot do: nothing is held before it, all is loaded after it. */
class SnapshotTest {
    private static final Set<String> ALL = Set.of(
            "io.taskbound.policy.Policy",
            "io.taskbound.policy.ResourceServer",
            "io.taskbound.issuer.CurrentPolicy",
            "io.taskbound.identity.IdentityVerifier",
            "io.taskbound.identity.PublishedKeys",
            "io.taskbound.token.TaskSigner",
            "io.taskbound.token.TaskTokenVerifier",
            "io.taskbound.ledger.Ledger",
            "software.amazon.awssdk.core.SdkClient");

    @TempDir
    private Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T10:00:00.250Z"));
    private final StandInProvider provider = StandInProvider.start(clock);
    private final List<String> audit = new ArrayList<>();
    private IssuerLambda lambda;

    @BeforeEach
    void wire() throws Exception {
        var file = Files.writeString(folder.resolve("policy.json"), TestIssuer.policyJson(provider.issuer()));
        var aws = new StubAws(new StubTable(WarmUp.TABLE), StubKey.generated());
        var dynamo = DynamoConnection.over(aws);
        var kms = KmsConnection.over(aws);
        lambda = new IssuerLambda(new LambdaWiring(
                TestIssuer.ISSUER,
                new LedgerComponent(() -> dynamo.ledger(WarmUp.TABLE, Duration.ofDays(30))),
                () -> TableState.READY,
                FilePolicyComponent.checked(
                        file,
                        PolicyTerms.of(TestIssuer.ISSUER),
                        new HttpKeyFetcher(FetchPolicy.WITH_LOOPBACK),
                        InitializationType.FOR_SNAPSHOT),
                new SigningKeysComponent(
                        () -> dynamo.keys(WarmUp.TABLE),
                        kms::client,
                        SignerKind.KMS,
                        "arn:aws:kms:us-east-1:000000000000:key/k",
                        WarmUp.TABLE,
                        line -> {},
                        clock),
                () -> {
                    dynamo.drop();
                    kms.drop();
                },
                Runnable::run,
                audit::add,
                line -> {},
                Meters.off(),
                TestFunction.SHORT,
                () -> {},
                clock));
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void holdsNothingAfterItsStart() {
        lambda.begin(InitializationType.FOR_SNAPSHOT);
        assertThat(Holdings.of(lambda)).isEmpty();
    }

    @Test
    void holdsAllAfterAStartOfWhichNoSnapshotIsMade() {
        lambda.begin(InitializationType.ON_DEMAND);
        assertThat(Holdings.of(lambda)).containsAll(ALL);
    }

    @Test
    void dropsBeforeASnapshotWhatAStartHasLoaded() {
        lambda.begin(InitializationType.ON_DEMAND);
        lambda.hooks().beforeCheckpoint(null);
        assertThat(Holdings.of(lambda)).isEmpty();
    }

    @Test
    void dropsBeforeASnapshotWhatARequestHasLoaded() {
        assertThat(mint().status()).isEqualTo(200);
        assertThat(Holdings.of(lambda)).containsAll(ALL);

        lambda.hooks().beforeCheckpoint(null);

        assertThat(Holdings.of(lambda)).isEmpty();
    }

    @Test
    void holdsNothingInItsClassesEither() throws Exception {
        lambda.begin(InitializationType.FOR_SNAPSHOT);
        mint();
        for (var type : ourClasses()) {
            assertThat(Holdings.ofStatics(type)).as(type.getName()).isEmpty();
        }
    }

    /** So that the two tests above could fail. */
    @Test
    void findsWhateverIsPlanted() throws Exception {
        var random = new SecureRandom();
        var keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
        try (var socket = new ServerSocket()) {
            for (var planted : Map.<String, Object>of(
                            "java.security.Key",
                            keys.getPrivate(),
                            "java.util.Random",
                            random,
                            "io.taskbound.policy.Policy",
                            TestIssuer.compile(TestIssuer.policyJson("https://ci.example")),
                            Holdings.TOKEN,
                            idToken(),
                            "io.taskbound.identity.IdToken",
                            IdToken.of(idToken()),
                            "java.net.ServerSocket",
                            socket,
                            "java.lang.Thread",
                            Thread.currentThread(),
                            "software.amazon.awssdk.auth.credentials.AwsCredentials",
                            new NobodysCredentials().next().resolveCredentials())
                    .entrySet()) {
                Planted.at = new Planted(planted.getValue());
                assertThat(Holdings.of(new Planted(List.of(Optional.of(planted.getValue())))))
                        .contains(planted.getKey());
                assertThat(Holdings.ofStatics(Planted.class)).contains(planted.getKey());
            }
        } finally {
            Planted.at = null;
        }
    }

    private record Planted(Object found) {
        private static Planted at;
    }

    /** What comes to be known by use is found as well. */
    @Test
    void findsWhatRequestsLeaveBehind() {
        mint();
        assertThat(Holdings.of(lambda)).contains("io.taskbound.token.VerifiedTokenCache");
    }

    /** The JDK's random numbers are made of a state that all copies of a snapshot would share. */
    @Test
    void seedsTheRandomNumbersOfEachCopyAnew() {
        var seeds = new ArrayList<byte[]>();
        var random = new SecureRandom() {
            @Override
            public byte[] generateSeed(int bytes) {
                return new byte[bytes];
            }

            @Override
            public void setSeed(byte[] seed) {
                seeds.add(seed);
            }
        };

        new SnapshotHooks(lambda.held(), new Health(lambda.held()), () -> random).afterRestore(null);

        assertThat(seeds).singleElement().satisfies(seed -> assertThat(seed).hasSize(32));
    }

    @Test
    void loadsEverythingAfterARestoreTheKeysOfTheProvidersToo() {
        lambda.hooks().beforeCheckpoint(null);
        lambda.hooks().afterRestore(null);
        assertThat(Holdings.of(lambda)).containsAll(ALL);

        var proof = idToken();
        provider.close();
        assertThat(mint(proof).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void startsAndRestoresDuringAProvidersOutage(InitializationType kind) {
        var proof = idToken();
        provider.close();

        assertThatCode(() -> {
                    lambda.begin(kind);
                    lambda.hooks().beforeCheckpoint(null);
                    lambda.hooks().afterRestore(null);
                })
                .doesNotThrowAnyException();
        var answer = mint(proof);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(audit.get(audit.size() - 1)).contains("provider_keys_unavailable");
    }

    @Test
    void issuesUnderThePolicyOfTheTimeOfTheRestore() throws Exception {
        mint();
        lambda.hooks().beforeCheckpoint(null);
        var other = TestIssuer.policyJson(provider.issuer()).replace("sign-release", "sign-other");
        Files.writeString(folder.resolve("policy.json"), other);
        lambda.hooks().afterRestore(null);

        assertThat(mint().text("error")).isEqualTo("invalid_authorization_details");
    }

    @Test
    void leavesAPartThatFailedToTheFirstRequest() {
        try (var function = new TestFunction()) {
            function.signerLack = Optional.of(Missing.SIGNING_KEY_UNREACHABLE);
            function.lambda.hooks().afterRestore(null);
            function.signerLack = Optional.empty();

            assertThat(function.mint().status()).isEqualTo(200);
        }
    }

    @Test
    void waitsNoLongerThanItMayForASlowPart() throws Exception {
        var answered = new CountDownLatch(1);
        var threads = Executors.newCachedThreadPool();
        try (var function = new TestFunction(threads)) {
            function.beforeSigner = () -> await(answered);
            var issuer = function.lambda.held();

            issuer.load(Duration.ofMillis(20));

            answered.countDown();
            assertThat(function.mint().status()).isEqualTo(200);
        } finally {
            threads.shutdownNow();
        }
        assertThat(SnapshotHooks.LOADING).isLessThanOrEqualTo(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @EnumSource
    void startsWhateverIsLackingAndIssuesOnceItIsThere(InitializationType kind) {
        try (var function = new TestFunction()) {
            function.signerLack = Optional.of(Missing.SIGNING_KEY_UNREACHABLE);
            function.policyLack = Optional.of(Missing.POLICY_ABSENT);
            function.ledgerDown = true;
            function.lambda.begin(kind);
            function.signerLack = Optional.empty();
            function.policyLack = Optional.empty();
            function.ledgerDown = false;

            assertThat(function.mint().status()).isEqualTo(200);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private TestIssuer.Answer mint() {
        return mint(idToken());
    }

    private TestIssuer.Answer mint(String proof) {
        var form = TestIssuer.signForm(proof, UUID.randomUUID().toString());
        return TestFunction.invoke(lambda, LambdaEvents.post("/token", form, Optional.empty()));
    }

    private String idToken() {
        return provider.idToken(ClaimSet.of(TestIssuer.githubClaims(provider, clock)));
    }

    private static List<Class<?>> ourClasses() throws IOException, ClassNotFoundException {
        var root = Path.of(IssuerLambda.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        var types = new ArrayList<Class<?>>();
        try (var files = Files.walk(root)) {
            for (var file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                var name = root.relativize(file).toString().replace('/', '.').replace(".class", "");
                if (!name.endsWith("package-info")) {
                    types.add(Class.forName(name));
                }
            }
        }
        assertThat(types).hasSizeGreaterThan(100);
        return types;
    }
}
