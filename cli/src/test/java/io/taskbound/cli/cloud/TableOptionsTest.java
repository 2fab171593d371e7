// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.local.HttpDynamo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

class TableOptionsTest {
    private static HttpDynamo dynamo;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>(
            Map.of("AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local", "AWS_REGION", "eu-central-1"));

    @BeforeAll
    static void start() {
        dynamo = HttpDynamo.start();
    }

    @AfterAll
    static void stop() {
        dynamo.close();
    }

    @Test
    void opensATableThatItMadeOnThisMachine() throws Complaint {
        try (var table = open("--table", "made", "--create-table")) {
            assertThat(table.name()).isEqualTo("made");
        }
        environment.put("TASKBOUND_TABLE", "made");
        environment.put("AWS_ENDPOINT_URL_DYNAMODB", dynamo.endpoint().toString());
        try (var again = options().open(context())) {
            assertThat(again.name()).isEqualTo("made");
        }
    }

    @Test
    void callsThePersonByTheAccountOfThisMachineWhereNoStsAnswers() throws Complaint {
        try (var table = open("--table", "named", "--create-table")) {
            assertThat(table.cloud().caller().arn()).isEqualTo("local:" + System.getProperty("user.name"));
        }
    }

    @Test
    void refusesATableThatIsNotThereAndSaysHowToMakeIt() {
        assertComplaint(() -> open("--table", "absent"), "The table absent cannot be read", "--create-table");
    }

    @Test
    void refusesATableThatIsNotAnIssuers() throws Complaint {
        try (var table = open("--table", "made", "--create-table")) {
            table.client()
                    .createTable(other -> other.tableName("foreign")
                            .attributeDefinitions(id -> id.attributeName("id").attributeType(ScalarAttributeType.S))
                            .keySchema(id -> id.attributeName("id").keyType(KeyType.HASH))
                            .billingMode("PAY_PER_REQUEST"));
        }
        assertComplaint(() -> open("--table", "foreign"), "The table foreign does not belong to an issuer", "stack");
    }

    @Test
    void refusesWhenNoTableIsNamed() {
        assertComplaint(() -> options().open(context()), "No table given", "TASKBOUND_TABLE");
    }

    @Test
    void refusesAnEndpointWhereNobodyAnswers() {
        assertComplaint(
                () -> options("--table", "tokens", "--endpoint-url", "http://127.0.0.1:1")
                        .open(context()),
                "The table tokens cannot be read",
                "Check");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --table tokens --endpoint-url http://dynamodb.example:8000    | this machine
        --table tokens --endpoint-url ftp://127.0.0.1                 | not a URL
        --table tokens --endpoint-url https:tokens                    | not a URL
        --table tokens --endpoint-url nonsense                        | not a URL
        --table t/okens --endpoint-url http://127.0.0.1:8000          | Not a valid DynamoDB table name
        --table tokens --endpoint-url https://d.example --create-table | on this machine
        --table tokens --create-table                                 | on this machine
        """)
    void refusesWhatCannotWorkBeforeItCallsAnybody(String line, String complaint) {
        assertThatThrownBy(() -> options(line.split(" ")).open(context()))
                .isInstanceOfSatisfying(Complaint.class, wrong -> {
                    assertThat(wrong.exitCode()).isEqualTo(Complaint.USAGE);
                    assertThat(wrong.what()).contains(complaint);
                });
    }

    @Test
    void refusesPlainHttpOfTheEnvironmentToo() {
        environment.put("AWS_ENDPOINT_URL", "http://10.0.0.7:4566");
        assertComplaint(() -> options("--table", "tokens").open(context()), "plain http", "https");
    }

    private OpenTable open(String... args) throws Complaint {
        var here = Stream.of("--endpoint-url", dynamo.endpoint().toString());
        return options(Stream.concat(Stream.of(args), here).toArray(String[]::new))
                .open(context());
    }

    private static TableOptions options(String... args) {
        var command = new Holder();
        new CommandLine(command).parseArgs(args);
        return command.options;
    }

    private static void assertComplaint(ThrowingCallable call, String what, String remedy) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Complaint.class, wrong -> {
            assertThat(wrong.what()).contains(what);
            assertThat(wrong.remedy()).contains(remedy);
        });
    }

    private CommandContext context() {
        return new CommandContext(
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(new byte[0]),
                environment,
                false,
                Clock.systemUTC());
    }

    @Command
    private static final class Holder {
        @Mixin
        private TableOrNewOptions options = new TableOrNewOptions();
    }
}
