// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.ledger.DynamoClients;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.HookStore;
import io.taskbound.ledger.SealedHookSecret;
import io.taskbound.local.AwsCli;
import io.taskbound.local.AwsServer;
import io.taskbound.local.AwsStack;
import io.taskbound.local.OnAwsServer;
import io.taskbound.local.StandInProvider;
import io.taskbound.stack.StackTemplate;
import io.taskbound.task.HookName;
import io.taskbound.token.SealedSecrets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * A stack with EventBusName, deployed on the AWS-compatible server: lines that are written to its audit log reach the
 * queues that subscribed by the patterns in contract/events. The server hands over all lines, since it does not read
 * the subscription's filter; EventsSubscriptionTest does.
 */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
@ExtendWith(OnAwsServer.class)
class EventsOnAwsServerIT {
    private static final String BUS = "ci";
    private static final String STREAM = "taskbound[1]0123456789abcdef";
    private static final String SECRET = "It's a Secret to Everybody";
    private static final Clock CLOCK = Clock.systemUTC();
    private static final StandInProvider PROVIDER = StandInProvider.start(CLOCK);
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(text("contract/events/events.schema.json"));

    private static final Pattern BLOCK = Pattern.compile("(?s)```sh\n(.*?)```");
    private static final Pattern COMMAND = Pattern.compile("(?m)^aws (events .*)$");
    private static final Pattern WORD = Pattern.compile("'[^']*'|\\S+");

    @TempDir
    private static Path folder;

    private static DeployedStack stack;
    private static EventsRun events;
    private Subscribers subscribers;

    @BeforeAll
    static void deploy(AwsServer aws) throws Exception {
        stack = StackPackage.in(folder).deploy(aws, "taskbound-events", Map.of("EventBusName", BUS));
        stack.stack()
                .call(
                        "logs",
                        "Logs_20140328.CreateLogStream",
                        Subscribers.object("logGroupName", stack.output("AuditLogGroup"), "logStreamName", STREAM));
        events = EventsRun.of(stack);
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(events).ifPresent(EventsRun::close);
        PROVIDER.close();
    }

    @BeforeEach
    void subscribe() throws Exception {
        subscribers = Subscribers.of(stack.stack(), BUS);
    }

    @AfterEach
    void unsubscribe() throws Exception {
        subscribers.close();
    }

    private static String text(String path) {
        try {
            return Files.readString(StackTemplate.ROOT.resolve(path));
        } catch (IOException unreadable) {
            throw new AssertionError(path, unreadable);
        }
    }

    /** As Lambda writes down what a function says. */
    private static void logged(List<String> lines) throws Exception {
        long now = CLOCK.millis();
        var messages = lines.stream()
                .map(line -> JsonObject.builder()
                        .put("timestamp", now)
                        .put("message", line)
                        .build())
                .toList();
        stack.stack()
                .call(
                        "logs",
                        "Logs_20140328.PutLogEvents",
                        JsonText.of(JsonObject.builder()
                                .put("logGroupName", stack.output("AuditLogGroup"))
                                .put("logStreamName", STREAM)
                                .put("logEvents", new JsonArray(List.copyOf(messages)))
                                .build()));
    }

    /** Of the stack's own issuer, whose URL stands in some of them. */
    private List<String> lines() {
        var text = text("contract/events/lines.json").replace("https://tokens.acme.example", stack.output("IssuerUrl"));
        return DeployedStack.parsed("{\"lines\":" + text + "}").array("lines").orElseThrow().items().stream()
                .map(vector -> JsonText.of(((JsonObject) vector).object("line").orElseThrow()))
                .toList();
    }

    @Test
    void aSubscriberGetsTheEventsOfItsPatternAndNoOthers() throws Exception {
        logged(lines());
        assertThat(events.run()).containsExactly("{\"result\":\"published\",\"events\":5}");
        assertSubscribersGotTheSamples();
    }

    private void assertSubscribersGotTheSamples() throws Exception {
        for (var name : Subscribers.NAMES) {
            var sample = DeployedStack.parsed(text("contract/events/samples/" + name + ".json")
                    .replace("https://tokens.acme.example", stack.output("IssuerUrl")));
            assertThat(subscribers.received(name)).as(name).singleElement().satisfies(event -> {
                assertThat(event.get("detail")).isEqualTo(sample.get("detail"));
                assertThat(event.get("detail-type")).isEqualTo(sample.get("detail-type"));
                assertThat(event.get("time")).isEqualTo(sample.get("time"));
                assertOfTheSchema(event);
            });
        }
    }

    private static void assertOfTheSchema(JsonObject event) {
        assertThat(SCHEMA.validate(JsonText.of(event), InputFormat.JSON)).isEmpty();
    }

    /** Tokens of three steps: one that a hook ends, one that nobody closes, and one that is refused. */
    @Test
    void whatTheStacksIssuerAndSweeperDoBecomesEvents() throws Exception {
        makeTheHooksSecret();
        var policy = stack.policy(PROVIDER)
                .replace(
                        "\"tasks\":{",
                        "\"hooks\":{\"acme\":{\"provider\":\"github\",\"owner_id\":\"1001\"}},\"tasks\":{");
        try (var api = new RuntimeApi();
                var issuer = stack.startIssuer(api, policy)) {
            var ended = jti(mint(api, Map.of()));
            var lapsing = jti(mint(api, Map.of("run_id", "7002")));
            assertThat(mint(api, Map.of("repository_id", "2003")).string("body").orElseThrow())
                    .contains("\"invalid_authorization_details\"");
            assertThat(tellsThatTheJobEnded(api, "another secret").wholeNumber("statusCode"))
                    .hasValue(401);
            assertThat(tellsThatTheJobEnded(api, SECRET).string("body")).contains("{\"result\":\"closed\"}");
            logged(issuer.log().lines().toList());
            logged(swept(Duration.ofHours(1)));
            assertThat(events.run())
                    .containsExactly(
                            "{\"result\":\"published\",\"events\":4}", "{\"result\":\"published\",\"events\":2}");

            assertThat(details("granted", "jti")).containsExactlyInAnyOrder(ended, lapsing);
            assertThat(details("refused", "reason")).containsExactly("not_allowed");
            var ends = subscribers.received("ended");
            assertThat(ends).extracting(end -> detail(end, "jti")).containsExactlyInAnyOrder(ended, lapsing);
            assertThat(ends).extracting(end -> detail(end, "cause")).containsExactlyInAnyOrder("hook", "lapsed");
            assertThat(details("missing-close", "jti")).containsExactly(lapsing);
        }
    }

    private static JsonObject mint(RuntimeApi api, Map<String, String> otherwise) {
        var claims = stack.claims(PROVIDER, CLOCK);
        claims.putAll(otherwise);
        return DeployedStack.parsed(
                DeployedStack.mint(api, PROVIDER, claims, UUID.randomUUID().toString()));
    }

    private static String jti(JsonObject answer) {
        assertThat(answer.wholeNumber("statusCode")).as(answer.toString()).hasValue(200);
        return DeployedStack.parsed(answer.string("body").orElseThrow())
                .string("jti")
                .orElseThrow();
    }

    private List<String> details(String queue, String member) throws Exception {
        var all = subscribers.received(queue);
        all.forEach(EventsOnAwsServerIT::assertOfTheSchema);
        return all.stream().map(event -> detail(event, member)).toList();
    }

    private static String detail(JsonObject event, String member) {
        return event.object("detail").flatMap(detail -> detail.string(member)).orElse("");
    }

    /** {@code hooks secret}, with the stack's table and key. */
    private static void makeTheHooksSecret() throws Exception {
        var table = stack.output("TableName");
        try (var kms = KmsClient.builder()
                        .endpointOverride(stack.aws().endpoint())
                        .region(Region.of(AwsStack.REGION))
                        .credentialsProvider(stack.aws().credentials())
                        .build();
                var dynamo =
                        DynamoClients.at(stack.aws().endpoint(), stack.aws().credentials())) {
            var sealed = new SealedSecrets(kms, stack.output("SecretsKeyArn"), table).seal("acme", "a1", SECRET);
            var secret = new SealedHookSecret("a1", sealed, CLOCK.instant(), "somebody");
            var store = new HookStore(new DynamoTable(dynamo, table));
            assertThat(store.write(new HookName("acme"), HookStore.Secrets.NONE, List.of(secret)))
                    .isTrue();
        }
    }

    private static JsonObject tellsThatTheJobEnded(RuntimeApi api, String secret) throws GeneralSecurityException {
        var body = text("contract/hooks/github/workflow_job.completed.json")
                .replace("2026-11-23T10:00:16Z", CLOCK.instant().toString());
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
        var signature = "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
        var headers = Map.of("x-github-event", "workflow_job", "x-hub-signature-256", signature);
        return DeployedStack.parsed(api.invoke(LambdaEvents.json("/hooks/acme", body, headers)));
    }

    /** What the sweeper of the stack says when that much time has passed. */
    private static List<String> swept(Duration later) throws Exception {
        var found = Map.of(
                "aws.endpointUrl",
                stack.aws().endpoint().toString(),
                "aws.region",
                AwsStack.REGION,
                "aws.accessKeyId",
                "local",
                "aws.secretAccessKey",
                "local");
        found.forEach(System::setProperty);
        var said = new ByteArrayOutputStream();
        try {
            var settings = SweepSettings.read(stack.settings(stack.output("SweepFunctionName")));
            new SweepLambda(settings, Clock.offset(CLOCK, later), new PrintStream(said, true, UTF_8))
                    .handleRequest(new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream(), null);
        } finally {
            found.keySet().forEach(System::clearProperty);
        }
        return said.toString(UTF_8).lines().toList();
    }

    /** As docs/runbook.md says under EventsUndelivered. */
    @Test
    void whatNoBusTakesWaitsInTheStacksQueueAndIsDeliveredAgain() throws Exception {
        subscribers.close();
        logged(lines());
        assertThat(events.run()).isEmpty();

        var failed = Subscribers.taken(stack.stack(), stack.output("EventsFailedQueueUrl"));
        assertThat(failed).hasSize(1);
        assertThat(failed.get(0)).contains("it answered 400, ResourceNotFoundException");

        subscribers = Subscribers.of(stack.stack(), BUS);
        var payload =
                DeployedStack.parsed(failed.get(0)).object("requestPayload").orElseThrow();
        assertThat(events.invoke(JsonText.of(payload))).isEqualTo("{\"result\":\"published\",\"events\":5}");
        assertSubscribersGotTheSamples();
    }

    @Test
    void aDeliveryThatCannotBeReadWaitsInTheQueueToo() throws Exception {
        events.runOrPutAway("{}");
        assertThat(Subscribers.taken(stack.stack(), stack.output("EventsFailedQueueUrl")))
                .singleElement()
                .asString()
                .contains("this is not a delivery of CloudWatch Logs");
    }

    /** The commands of docs/events.md, as a person types them. */
    @Test
    void theCommandsOfTheDocumentSubscribe() throws Exception {
        var document = text("docs/events.md");
        var slack = document.split("with `targets.json`:\n\n```json\n", -1)[1].split("```", -1)[0];
        Files.writeString(folder.resolve("targets.json"), slack);
        var cli = AwsCli.on(stack.aws(), StackTemplate.ROOT);
        for (var block : BLOCK.matcher(document).results().toList()) {
            for (var command : COMMAND.matcher(block.group(1).replace("\\\n", " "))
                    .results()
                    .toList()) {
                var words = WORD.matcher(command.group(1))
                        .results()
                        .map(word -> word.group().replace("'", ""))
                        .map(word -> word.replace("file://contract", "file://" + StackTemplate.ROOT + "/contract")
                                .replace("file://targets", "file://" + folder + "/targets"))
                        .toList();
                cli.run(Map.of("AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local"), words);
            }
        }

        var rule = stack.stack()
                .call(
                        "events",
                        "AWSEvents.DescribeRule",
                        Subscribers.object("Name", "missing-close", "EventBusName", "ci-tokens"));
        assertThat(DeployedStack.parsed(
                        DeployedStack.parsed(rule).string("EventPattern").orElseThrow()))
                .isEqualTo(DeployedStack.parsed(text("contract/events/patterns/missing-close.json")));
        assertThat(stack.stack()
                        .call(
                                "events",
                                "AWSEvents.ListTargetsByRule",
                                Subscribers.object("Rule", "missing-close", "EventBusName", "ci-tokens")))
                .contains("111122223333:ci-alerts", "api-destination/slack", "undelivered-events", "InputTransformer");
    }
}
