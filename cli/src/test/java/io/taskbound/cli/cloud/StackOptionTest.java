// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Whose word counts, and what is said of a stack that cannot be used. */
class StackOptionTest {
    private static final String KEY = "TASKBOUND_POLICY_KEY";

    private final Map<String, String> environment = new HashMap<>(
            Map.of("AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local", "AWS_REGION", "eu-central-1"));
    private StandInStack aws;

    @BeforeEach
    void start() throws IOException {
        aws = StandInStack.start();
        aws.isOurs("CREATE_COMPLETE", Map.of());
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    private Optional<String> key(Optional<String> typed, String... args) throws Complaint {
        return options(args).setting(StackOutput.POLICY_KEY, typed, KEY, context());
    }

    @Test
    void theTypedStackWinsOverTheEnvironmentAndATypedKeyOverBoth() throws Complaint {
        environment.put(KEY, "arn:of-the-environment");
        assertThat(key(Optional.empty())).contains("arn:of-the-environment");
        assertThat(key(Optional.empty(), "--stack", "taskbound")).contains("arn:policy");
        assertThat(key(Optional.of("alias/mine"), "--stack", "taskbound")).contains("alias/mine");
    }

    @Test
    void inTheEnvironmentWhatNamesTheKeyWinsOverTheStack() throws Complaint {
        environment.put("TASKBOUND_STACK", "taskbound");
        assertThat(key(Optional.empty())).contains("arn:policy");
        environment.put(KEY, "arn:of-the-environment");
        assertThat(key(Optional.empty())).contains("arn:of-the-environment");
    }

    /** Its keys would be another issuer's. */
    @Test
    void theStackOfTheEnvironmentDoesNotCountBesideATypedTable() throws Complaint {
        environment.put("TASKBOUND_STACK", "taskbound");
        assertThat(key(Optional.empty(), "--table", "another")).isEmpty();
        assertThat(aws.lookups()).isZero();
    }

    @Test
    void theStackIsLookedUpOnce() throws Complaint {
        var options = options("--stack", "taskbound");
        options.setting(StackOutput.POLICY_KEY, Optional.empty(), KEY, context());
        options.setting(StackOutput.ISSUER_URL, Optional.empty(), "TASKBOUND_ISSUER", context());
        assertThat(aws.lookups()).isEqualTo(1);
    }

    /**
     * Such as the one that a backup was restored into; the endpoint has no DynamoDB, and says which one was asked for.
     */
    @Test
    void aTypedTableWinsOverTheTypedStack() {
        assertComplaint(
                () -> options("--stack", "taskbound", "--table", "tokens-restored")
                        .open(context()),
                "The table tokens-restored cannot be read",
                "");
        assertComplaint(() -> options("--stack", "taskbound").open(context()), "The table tokens cannot be read", "");
    }

    @Test
    void refusesAnEnvironmentThatNamesTwoIssuers() {
        environment.put("TASKBOUND_STACK", "taskbound");
        environment.put("TASKBOUND_TABLE", "another");
        assertComplaint(
                () -> options().open(context()),
                "TASKBOUND_TABLE names \"another\", and the table of the stack taskbound is tokens.",
                "Unset the one");
    }

    @Test
    void theArnOfAStackSaysItsRegionUnlessOneIsTyped() throws Complaint {
        var arn = "arn:aws:cloudformation:ap-southeast-2:111122223333:stack/taskbound/1a2b-3c";
        assertThat(key(Optional.empty(), "--stack", arn)).contains("arn:policy");
        assertThat(aws.lastRequest()).contains("/ap-southeast-2/cloudformation/aws4_request");
        assertThat(key(Optional.empty(), "--stack", arn, "--region", "us-west-2"))
                .contains("arn:policy");
        assertThat(aws.lastRequest()).contains("/us-west-2/cloudformation/aws4_request");
    }

    @Test
    void refusesToMakeTheTableOfAStack() {
        assertComplaint(
                () -> options("--stack", "taskbound", "--create-table").open(context()), "a stack has one", "--table");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"})
    void usesAStackThatIsBeingUpdated(String status) throws Complaint {
        aws.isOurs(status, Map.of());
        assertThat(key(Optional.empty(), "--stack", "taskbound")).contains("arn:policy");
    }

    @ParameterizedTest
    @CsvSource({
        "CREATE_IN_PROGRESS,still being created,wait stack-create-complete",
        "REVIEW_IN_PROGRESS,still being created,wait stack-create-complete",
        "ROLLBACK_COMPLETE,could not be created,describe-stack-events",
        "ROLLBACK_IN_PROGRESS,could not be created,describe-stack-events",
        "CREATE_FAILED,could not be created,describe-stack-events",
        "DELETE_IN_PROGRESS,being deleted,--table",
        "DELETE_FAILED,being deleted,--table",
    })
    void refusesAStackThatIsNotReady(String status, String what, String remedy) {
        aws.is(status, Map.of());
        assertStackRefused("The stack taskbound", remedy);
        assertStackRefused(what + (status.startsWith("DELETE") ? "" : " (" + status + ")"), remedy);
    }

    @Test
    void refusesAStackThatIsNotAnIssuers() {
        aws.is("CREATE_COMPLETE", Map.of("BucketName", "acme"));
        assertStackRefused("is not an issuer's: it lacks the outputs TableName and IssuerUrl", "infra/template.yaml");
    }

    @Test
    void namesTheOutputThatAnOlderStackLacks() {
        assertComplaint(
                () -> options("--stack", "taskbound")
                        .setting(StackOutput.SECRETS_KEY, Optional.empty(), "TASKBOUND_SECRETS_KEY", context()),
                "The stack taskbound has no output SecretsKeyArn",
                "--secrets-key");
    }

    @Test
    void saysWhichRightIsMissing() {
        aws.refuses(403, "AccessDenied", "User: arn:aws:iam::111122223333:user/a is not authorized");
        assertStackRefused(
                "AWS does not let these credentials look up the stack taskbound: AccessDenied: User: arn:aws:iam::",
                "cloudformation:DescribeStacks");
    }

    @Test
    void asksForTheRegionWhereThereIsNoSuchStack() {
        aws.refuses(400, "ValidationError", "Stack with id taskbound does not exist");
        assertStackRefused("There is no stack taskbound in eu-central-1", "--region");
    }

    @Test
    void saysWhenTheCredentialsAreDead() {
        aws.refuses(403, "ExpiredToken", "The security token included in the request is expired");
        assertStackRefused("cannot be looked up: ExpiredToken", "have expired: log in again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no XML", "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY y \"z\">]><x>&y;</x>"})
    void refusesWhatIsNotCloudFormation(String answer) {
        aws.says(answer);
        assertStackRefused("the answer is not from cloudformation", "--endpoint-url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1st", "a/b", "arn:aws:cloudformation:evil.example/:111122223333:stack/taskbound/1", "a b"})
    void refusesANameThatIsNoneBeforeItCallsAnybody(String name) {
        assertComplaint(() -> options("--stack", name).open(context()), "Not a valid name", "such as taskbound");
        assertThat(aws.lookups()).isZero();
    }

    @Test
    void refusesARegionThatIsNoneBeforeItCallsAnybody() {
        assertComplaint(
                () -> options("--stack", "taskbound", "--region", "evil.example/x")
                        .open(context()),
                "Not the name of an AWS region",
                "eu-central-1");
    }

    private void assertStackRefused(String what, String remedy) {
        assertComplaint(() -> key(Optional.empty(), "--stack", "taskbound"), what, remedy);
    }

    private static void assertComplaint(ThrowingCallable call, String what, String remedy) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Complaint.class, wrong -> {
            assertThat(wrong.what()).contains(what);
            assertThat(wrong.remedy()).contains(remedy);
        });
    }

    private TableOptions options(String... args) {
        var command = new Holder();
        var line = Stream.concat(Stream.of(args), Stream.of("--endpoint-url", aws.url()));
        new CommandLine(command).parseArgs(line.toArray(String[]::new));
        return command.options;
    }

    private CommandContext context() {
        var nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return new CommandContext(
                nowhere, nowhere, new ByteArrayInputStream(new byte[0]), environment, false, Clock.systemUTC());
    }

    @Command
    private static final class Holder {
        @Mixin
        private TableOrNewOptions options = new TableOrNewOptions();
    }
}
