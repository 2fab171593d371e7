// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.credential.Envelope;
import io.taskbound.digest.Sha256;
import io.taskbound.http.SettableClock;
import io.taskbound.http.TestIssuer;
import io.taskbound.issuer.PolicyTerms;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.AppKey;
import io.taskbound.ledger.AppKeyStore;
import io.taskbound.ledger.DenyEntry;
import io.taskbound.ledger.DenyListLine;
import io.taskbound.ledger.DenyStore;
import io.taskbound.ledger.DynamoClients;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.FunctionTable;
import io.taskbound.ledger.HookStore;
import io.taskbound.ledger.KeyStore;
import io.taskbound.ledger.PolicyRelease;
import io.taskbound.ledger.PolicyStore;
import io.taskbound.ledger.SealedHookSecret;
import io.taskbound.ledger.TokenListing;
import io.taskbound.local.ClaimSet;
import io.taskbound.local.HttpDynamo;
import io.taskbound.local.StandInProvider;
import io.taskbound.policy.PolicyVersion;
import io.taskbound.stack.AccessPolicy;
import io.taskbound.stack.AwsCall;
import io.taskbound.stack.Deployment;
import io.taskbound.stack.KeysOfKms;
import io.taskbound.stack.RecordedAws;
import io.taskbound.stack.StackTemplate;
import io.taskbound.status.StatusListName;
import io.taskbound.task.HookName;
import io.taskbound.task.TaskName;
import io.taskbound.token.Jti;
import io.taskbound.token.KeyRecord;
import io.taskbound.token.KeySchedule;
import io.taskbound.token.KmsAppKeys;
import io.taskbound.token.KmsDataKeys;
import io.taskbound.token.KmsKeyFactory;
import io.taskbound.token.KmsSigner;
import io.taskbound.token.SealedSecrets;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.SigningKeyPolicy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * The functions of the stack, wired as in the cloud from the template's own settings, and what people do with its
 * table: played once, with every call to AWS kept.
 */
final class StackLife implements AutoCloseable {
    static final String ISSUER_ROLE = "arn:aws:iam::" + Deployment.ACCOUNT + ":role/issuer";
    static final String STEPS_ROLE = "arn:aws:iam::" + Deployment.ACCOUNT + ":role/migration";
    static final String ROTATION_ROLE = "arn:aws:iam::" + Deployment.ACCOUNT + ":role/rotation";
    /** HMAC-SHA256 of {@code {}} under {@code hush}. */
    private static final String HOOK_SIGNATURE =
            "sha256=505c20ac604f662945b662a1f13a9ca2f03bf0b1986f505d5aef48e10da8c918";

    private static final String PROVIDER = "https://ci.acme.example";
    private static final List<String> OURS =
            List.of("aws.endpointUrl", "aws.region", "aws.accessKeyId", "aws.secretAccessKey");
    final Deployment stack;
    final String policyKey;
    private final String secretsKey;
    private final KeysOfKms keys = new KeysOfKms();
    private final RecordedAws aws;
    private final SettableClock clock =
            new SettableClock(Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS));
    private final StandInProvider provider = StandInProvider.start(clock);
    private final String table;
    private final DynamoDbClient dynamo;
    private final KmsClient kms;
    private final PolicyStore policies;
    private final String signer;
    private final Map<String, String> made;
    private int version;

    StackLife(HttpDynamo database, String signer) throws IOException {
        this.signer = signer;
        table = "taskbound-" + signer;
        FunctionTable.create(database, table, true);
        policyKey = keys.make(Map.of());
        secretsKey = keys.make(Map.of());
        made = Map.of(
                "Ledger", table,
                "Ledger.Arn", RecordedAws.tableArn(table),
                "IssuerRole.Arn", ISSUER_ROLE,
                "RotationRole.Arn", ROTATION_ROLE,
                "PolicyKey.Arn", policyKey,
                "SecretsKey.Arn", secretsKey,
                "SigningKey.Arn", keys.make(Map.of("taskbound:table", table)),
                "SealingKey.Arn", keys.make(Map.of()));
        stack = deploy(StackTemplate.ours());
        aws = new RecordedAws(database.endpoint(), keys);
        // As Lambda's environment does; what the functions connect to is theirs to find.
        System.setProperty("aws.endpointUrl", aws.endpoint().toString());
        System.setProperty("aws.region", Deployment.REGION);
        System.setProperty("aws.accessKeyId", "local");
        System.setProperty("aws.secretAccessKey", "local");
        dynamo = DynamoClients.at(aws.endpoint(), database.credentials());
        kms = KmsClient.builder()
                .endpointOverride(aws.endpoint())
                .region(Region.of(Deployment.REGION))
                .credentialsProvider(database.credentials())
                .build();
        policies = new PolicyStore(new DynamoTable(dynamo, table));
    }

    /** Another template, with what was made for ours. */
    Deployment deploy(StackTemplate template) {
        return template.deployed(
                        Map.of("IssuerUrl", TestIssuer.ISSUER, "Signer", signer, "CredentialRoleArns", STEPS_ROLE))
                .with(made);
    }

    /** With what a policy with a server that reads status lists needs, where the keys are sealed. */
    private Map<String, String> settings(String function) {
        var settings = new HashMap<>(TemplateSettings.of(stack, function));
        settings.put(PolicyTerms.ACCEPTANCE, "accepted");
        return settings;
    }

    /** {@code policy push} and {@code log}. */
    List<AwsCall> published() throws SignerUnavailable, MalformedJson {
        var json = TestIssuer.withPeople(TestIssuer.policyJsonWithStatus(PROVIDER))
                .replace("\"profile\":\"github\",", "\"profile\":\"github\",\"jwks\":" + provider.jwks() + ",")
                .replace(
                        "\"tasks\":{",
                        "\"hooks\":{\"acme\":{\"provider\":\"github\",\"owner_id\":\"1001\"}},\"tasks\":{")
                .replace(
                        "\"resource_servers\":{",
                        "\"resource_servers\":{\"lake\":{\"kind\":\"aws-role\",\"role_arn\":\"" + STEPS_ROLE
                                + "\",\"actions\":{\"read\":[\"s3:GetObject\"]}},")
                .replace(
                        "\"tasks\":{",
                        "\"tasks\":{\"migrate\":{\"permissions\":[{\"resource_server\":\"lake\",\"actions\":[\"read\"],"
                                + "\"identifiers\":[\"s3:exports/datasets/**\"]}],\"lease\":\"2m\",\"allow\":[\"release\"]},")
                .replace("Deploy to production", "Deploy to production " + version);
        var text = JsonText.canonical(StrictJson.parseObject(json.getBytes(UTF_8)));
        long before = policies.head();
        version++;
        var unsigned = release(text, before, Optional.empty());
        var signature = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(KmsSigner.open(kms, policyKey).sign(unsigned.statement(table)));
        var release = release(text, before, Optional.of(signature));
        assertThat(policies.claim(release)).isTrue();
        policies.write(release, text);
        assertThat(policies.moveHead(release)).isTrue();
        assertThat(policies.log()).hasSize(version);
        return aws.calls();
    }

    private PolicyRelease release(String text, long before, Optional<String> signature) {
        return new PolicyRelease(
                new PolicyVersion(version, Sha256.hex(text)),
                before,
                PolicyStore.partsOf(text),
                clock.instant(),
                "somebody",
                Optional.empty(),
                signature);
    }

    /** What every command does first that works on a table. */
    List<AwsCall> looked() {
        dynamo.describeTable(described -> described.tableName(table));
        return aws.calls();
    }

    /** {@code keys list}, and what {@code keys rotate} and {@code retire} read. */
    List<AwsCall> listedKeys() {
        new KeyStore(new DynamoTable(dynamo, table)).schedule();
        return aws.calls();
    }

    /** {@code tokens list}, {@code show}, {@code revoke} and {@code lift}. */
    List<AwsCall> denied() {
        var now = clock.instant();
        var denyList = new DenyStore(new DynamoTable(dynamo, table), Duration.ofDays(30));
        var entry =
                new DenyEntry(DenyEntry.Kind.TASK, "no-such-task", Optional.empty(), now, "somebody", Optional.empty());
        var lifted = denyList.lift(denyList.write(entry), new DenyListLine.Lifting(now, "somebody", "it was a drill"));
        assertThat(lifted).isInstanceOf(DenyStore.Lifted.Done.class);
        assertThat(denyList.read()).hasSize(1);
        var tokens = new TokenListing(new DynamoTable(dynamo, table));
        var task = new TaskName("deploy");
        assertThat(tokens.newestFirst(List.of(task), now.minus(Duration.ofDays(2)), now, Optional.empty()))
                .hasNext();
        assertThat(tokens.find(Jti.parse("AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
                        .orElseThrow()))
                .isEmpty();
        assertThat(policies.head()).isEqualTo(version);
        return aws.calls();
    }

    /** What {@code taskbound keys} has the function do; its answer. */
    String rotation(String request) throws IOException {
        var rotation = new KeyRotationLambda(RotationSettings.read(settings("RotationFunction")), clock);
        var told = new ByteArrayOutputStream();
        rotation.handleRequest(new ByteArrayInputStream(request.getBytes(UTF_8)), told, new StandInContext());
        return told.toString(UTF_8);
    }

    KeySchedule keys() {
        return new KeyStore(new DynamoTable(dynamo, table)).schedule();
    }

    /** What the schedule does when a key is due, and what becomes of a key that another rotation overtook. */
    List<AwsCall> rotate() throws IOException, SignerUnavailable {
        var rotation = new KeyRotationLambda(RotationSettings.read(settings("RotationFunction")), clock);
        var told = new ByteArrayOutputStream();
        rotation.handleRequest(new ByteArrayInputStream(new byte[0]), told, new StandInContext());
        assertThat(told.toString(UTF_8)).contains("\"result\":\"rotated\"");
        if (stack.condition("SignsWithKms")) {
            var policy = new SigningKeyPolicy(ISSUER_ROLE, ROTATION_ROLE).text(clock.instant());
            var making = new KmsKeyFactory(kms, table, Optional.of(policy), line -> {});
            making.discard(making.make());
        }
        return aws.calls();
    }

    /** What the schedule does each minute, when tokens have lapsed and the deny list has an entry. */
    List<AwsCall> swept() throws IOException {
        clock.advance(Duration.ofHours(1));
        var said = new ByteArrayOutputStream();
        var sweeper = new SweepLambda(
                SweepSettings.read(settings("SweepFunction")), clock, new PrintStream(said, true, UTF_8));
        sweeper.handleRequest(new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream(), null);
        assertThat(said.toString(UTF_8)).contains("\"event\":\"ended\"", "\"SweepRuns\":1");
        return aws.calls();
    }

    /** With what the keys that were made meanwhile say of this role. */
    AccessPolicy ofRole(String role) {
        var policy = AccessPolicy.ofRole(stack, role);
        for (var key : keys.policies().entrySet()) {
            policy = policy.andOfKey(key.getKey(), key.getValue(), stack.arn(role));
        }
        return policy;
    }

    /** A new key is published for a day before it signs. */
    void waitForTheNewKey() {
        clock.advance(Duration.ofHours(25));
    }

    IssuerLambda start(InitializationType kind) {
        var function = new IssuerLambda(LambdaWiring.of(settings("IssuerFunction"), kind, clock));
        function.begin(kind);
        return function;
    }

    /** Every verb and document once, and what a token's life can be. */
    List<AwsCall> issued(IssuerLambda function) {
        for (var path : List.of("/healthz", "/.well-known/jwks.json")) {
            var answer = TestFunction.invoke(function, LambdaEvents.get(path));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        }
        var idToken = idToken();
        var token = mint(function, idToken, TestIssuer::signForm);
        assertThat(post(
                                function,
                                "/renew",
                                Map.of("token", token, "holder_verifier", TestIssuer.HOLDER_VERIFIER),
                                Optional.empty())
                        .status())
                .isEqualTo(200);
        assertThat(redeem(function, token).active()).isTrue();
        assertThat(redeem(function, token).text("reason")).isEqualTo("spent");
        assertThat(post(
                                function,
                                "/receipt",
                                Map.of("token", token, "holder_verifier", TestIssuer.HOLDER_VERIFIER),
                                Optional.empty())
                        .status())
                .isEqualTo(200);
        // The answer brings a nonce, which the first to need one writes.
        assertThat(TestFunction.invoke(function, LambdaEvents.offering("no proof", TestIssuer.deployForm(idToken())))
                        .text("error"))
                .isEqualTo("invalid_dpop_proof");
        approve(function);
        var other = mint(function, idToken(), (proof, txn) -> TestIssuer.deployForm(proof));
        assertThat(introspect(function, other).active()).isTrue();
        post(function, "/revoke", Map.of("token", other), Optional.empty());
        assertThat(introspect(function, other).active()).isFalse();
        mint(function, idToken(), (proof, txn) -> TestIssuer.promoteForm(proof));
        var listed = mint(function, idToken(), (proof, txn) -> TestIssuer.openRouteForm(proof));
        var list = StatusListName.at(clock.instant(), 0);
        assertThat(TestFunction.answer(function, LambdaEvents.get("/status/" + list))
                        .wholeNumber("statusCode"))
                .hasValue(200);
        post(function, "/revoke", Map.of("token", listed), Optional.empty());
        // The sweeper's, whose end a status list must say too.
        mint(function, idToken(), (proof, txn) -> TestIssuer.openRouteForm(proof));
        assertThat(post(
                                function,
                                "/revoke",
                                Map.of(
                                        "subject_token",
                                        idToken(),
                                        "subject_token_type",
                                        "urn:ietf:params:oauth:token-type:id_token",
                                        "handle",
                                        "run:*"),
                                Optional.empty())
                        .status())
                .isEqualTo(200);
        var ping = LambdaEvents.json(
                "/hooks/acme", "{}", Map.of("x-github-event", "ping", "x-hub-signature-256", HOOK_SIGNATURE));
        assertThat(TestFunction.invoke(function, ping).text("result")).isEqualTo("ignored");
        deliver(function);
        endCredentials(function);
        function.hooks().drop();
        return aws.calls();
    }

    /** A session of a role; and what services that can revoke need besides. */
    private void deliver(IssuerLambda function) {
        var details = "[{\"type\":\"task\",\"task\":\"migrate\",\"identifier\":\"s3:exports/datasets/orders/\"}]";
        var token = mint(function, idToken(), (proof, txn) -> TestIssuer.form(proof, txn, details));
        var form = Map.of("token", token, "holder_verifier", TestIssuer.HOLDER_VERIFIER);
        var answer = post(function, "/credential", form, Optional.empty());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.text("kind")).isEqualTo("aws-role");
        var handle = new Jti("R".repeat(22), "P".repeat(32));
        var sealing = new Envelope(new KmsDataKeys(kms, secretsKey, table), table);
        try {
            assertThat(sealing.open(handle, sealing.seal(handle, "revocation"))).isEqualTo("revocation");
        } catch (SignerUnavailable refused) {
            throw new AssertionError(refused);
        }
    }

    /** What the schedule invokes the issuer with each minute. */
    private static void endCredentials(IssuerLambda function) {
        var told = new ByteArrayOutputStream();
        try {
            function.handleRequest(
                    new ByteArrayInputStream("{\"command\":\"end-credentials\"}".getBytes(UTF_8)), told, "R");
        } catch (IOException notEnded) {
            throw new AssertionError(notEnded);
        }
        assertThat(told.toString(UTF_8)).contains("\"whole\":true", "\"failed\":0");
    }

    /** {@code hooks secret}, {@code list} and {@code retire}. */
    List<AwsCall> madeSecrets() throws SignerUnavailable {
        var hooks = new HookStore(new DynamoTable(dynamo, table));
        var acme = new HookName("acme");
        var sealed = new SealedSecrets(kms, secretsKey, table).seal("acme", "a1", "hush");
        var secret = new SealedHookSecret("a1", sealed, clock.instant(), "somebody");
        var seen = hooks.read(acme);
        assertThat(hooks.write(acme, seen, List.of(secret))).isTrue();
        assertThat(hooks.all()).containsOnlyKeys(acme);
        return aws.calls();
    }

    List<AwsCall> importedAppKeys() throws SignerUnavailable {
        var store = new AppKeyStore(new DynamoTable(dynamo, table));
        for (var pkcs8 : List.of("a key", "another")) {
            var sealed = new KmsAppKeys(kms, secretsKey, table).seal("12345", pkcs8.getBytes(UTF_8));
            var key = new AppKey(new KeyRecord.KeyLocation.Sealed(sealed), clock.instant(), "somebody");
            assertThat(store.write("12345", store.read("12345"), key)).isTrue();
        }
        return aws.calls();
    }

    /** Longer than an instance keeps to what it knows of policy and keys. */
    List<AwsCall> followed(IssuerLambda function) {
        clock.advance(Duration.ofMinutes(2));
        mint(function, idToken(), (proof, txn) -> TestIssuer.deployForm(proof));
        return aws.calls();
    }

    /** A step asks, a person decides, the step gets its token. */
    private void approve(IssuerLambda function) {
        var claims = TestIssuer.githubClaims(provider, clock);
        claims.put("iss", PROVIDER);
        claims.put("run_id", UUID.randomUUID().toString());
        var form = TestIssuer.form(
                provider.idToken(ClaimSet.of(claims)),
                UUID.randomUUID().toString(),
                "[{\"type\":\"task\",\"task\":\"rotate-root-key\",\"identifier\":\"key:root\"}]");
        var id = post(function, "/token", form, Optional.empty()).text("approval_id");
        var person = TestIssuer.proof(person());
        assertThat(post(function, "/approvals", person, Optional.empty()).status())
                .isEqualTo(200);
        person.put(
                "shown",
                post(function, "/approvals/" + id, person, Optional.empty()).text("text_sha256"));
        person.put("decision", "approve");
        assertThat(post(function, "/approvals/" + id, person, Optional.empty()).text("state"))
                .isEqualTo("approved");
        clock.advance(Duration.ofSeconds(5));
        form.put("subject_token", provider.idToken(ClaimSet.of(claims)));
        var granted = post(function, "/token", form, Optional.empty());
        assertThat(granted.status()).as(granted.toString()).isEqualTo(200);
    }

    private String person() {
        var claims = TestIssuer.githubClaims(provider, clock);
        claims.put("iss", PROVIDER);
        claims.put("run_id", UUID.randomUUID().toString());
        claims.put("event_name", "workflow_dispatch");
        claims.put("workflow_ref", "acme/shop/.github/workflows/approve.yml@refs/heads/main");
        claims.put("actor_id", "13");
        return provider.idToken(ClaimSet.of(claims));
    }

    private interface Form {
        Map<String, String> of(String proof, String txn);
    }

    private static String mint(IssuerLambda function, String proof, Form form) {
        var answer = post(function, "/token", form.of(proof, UUID.randomUUID().toString()), Optional.empty());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.accessToken();
    }

    private String idToken() {
        var claims = TestIssuer.githubClaims(provider, clock);
        claims.put("iss", PROVIDER);
        claims.put("run_id", UUID.randomUUID().toString());
        return provider.idToken(ClaimSet.of(claims));
    }

    private static TestIssuer.Answer redeem(IssuerLambda function, String token) {
        var form = Map.of("token", token, "action", "sign", "identifier", TestIssuer.ARTIFACT);
        return post(function, "/redeem", form, Optional.of(TestIssuer.basic("signer", TestIssuer.SIGNER_SECRET)));
    }

    private static TestIssuer.Answer introspect(IssuerLambda function, String token) {
        var credentials = TestIssuer.basic("deployer", TestIssuer.SIGNER_SECRET);
        return post(function, "/introspect", Map.of("token", token), Optional.of(credentials));
    }

    private static TestIssuer.Answer post(
            IssuerLambda function, String path, Map<String, String> form, Optional<String> credentials) {
        return TestFunction.invoke(function, LambdaEvents.post(path, form, credentials));
    }

    @Override
    public void close() {
        OURS.forEach(System::clearProperty);
        dynamo.close();
        kms.close();
        provider.close();
        aws.close();
    }
}
