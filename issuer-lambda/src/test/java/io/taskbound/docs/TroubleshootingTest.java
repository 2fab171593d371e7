// SPDX-License-Identifier: Apache-2.0
package io.taskbound.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.issuer.ErrorCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/troubleshooting.md knows the messages that exist, and no others. */
class TroubleshootingTest {
    private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| (.+?) \\| ");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    /** Where messages come from that people of a CI and operators of an issuer meet. */
    private static final Pattern SPEAKING = Pattern.compile(String.join(
            "|",
            // Without the words of a receipt, which tell a story and no fault.
            "github-action/src/(?!text/end-text\\.ts).*\\.ts",
            "cli/src/main/java/io/taskbound/cli/(credential|idtoken|proxy|run|serve|tokens)/.*\\.java",
            "cli/src/main/java/io/taskbound/cli/approvals/(Answers|Deciding|NamedApproval|PersonOptions)\\.java",
            "cli/src/main/java/io/taskbound/cli/cloud/(AwsFault|AwsProfile|Cloud|Credentials|IssuerStack|OpenTable|ProfileFault|StackOption|TableOptions|WebIdentity)\\.java",
            "cli/src/main/java/io/taskbound/cli/terminal/(LocalParts|Loopback|SecretInput)\\.java",
            "client/src/main/java/io/taskbound/client/((Mint|Close|Renew|Credential)Call|HeldToken|IdTokenAudience|IssuerCalls|IssuerUrl|Reply|Try|SecretText)\\.java",
            "client/src/main/java/io/taskbound/client/credential/(CredentialReader|Members)\\.java",
            "client/src/main/java/io/taskbound/client/step/(ApprovalText|StepText|RefusalText|RefusedProof|TargetFlaw|ProposedRule)\\.java",
            "issuer-lambda/src/main/java/io/taskbound/issuer/(KeyProofRefusals|Refusal|Mint|Deliverable|Renew)\\.java",
            "issuer-lambda/src/main/java/io/taskbound/credential/(Aws(Access|Statements)|Github(Access|Repository)|OpenbaoAccess)\\.java",
            "issuer-lambda/src/main/java/io/taskbound/http/(.*Form|IssuerEdge)\\.java",
            "jenkins-plugin/src/main/java/.*/(BlockCredential|BlockEnvironment|BlockResume|BlockText|BlockTokens|BuildIdentity|BuildAcquisition|BuildToken"
                    + "|ConnectionTest|FilledForm|LeftTokens|Refusals|RunEndListener|StepArguments|StepDuration|TaskFormChecks|TaskTokenExecution"
                    + "|TokenAcquisition|TokenEnd|TokenExchange|TokenFiles|VariableName|WithTaskTokenStep)\\.java",
            "issuer-lambda/src/main/java/io/taskbound/task/AuthorizationDetails\\.java"));

    /** Texts of those files that are no message: each with what it is. */
    private static final Set<String> NO_MESSAGES = Set.of(
            "if ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) { exit $LASTEXITCODE }", // added to a PowerShell
            // script
            "$ErrorActionPreference = 'stop'", // added to a PowerShell script
            "bash -e {0}", // the runner's own command line
            "| | |", // of the job's summary
            "every later step of the job", // of the job's summary
            "later steps, until the action close", // of the job's summary
            "nobody: it was already dead (used up, lapsed or expired)", // of the job's summary
            "valid, by key", // of the job's summary
            "not approved in time", // of the job's summary
            "#### Taskbound: approval", // of the job's summary
            "this run decided nothing that it knows of: its log says why", // of the job's summary
            "the step was cancelled", // of the job's summary
            "still to be waited for", // a fault of ours
            "kill -s \"$1\" \"$2\"", // a script of ours
            "!f() { test \"$1\" = get && printf 'username=x-access-token password=%s ' \"$GH_TOKEN\"; }; f", // for git
            "a policy that loaded does not compile after --dev rewrote it", // a fault of ours
            "no profile fits all callers", // a fault of ours
            "an access needs a repository and a permission", // a fault of ours
            "could not close", // in the log of Jenkins itself, with its reason
            "tokens of a build that ended are not closed yet", // in the log of Jenkins itself
            "no new token for", // in the log of Jenkins itself
            "the agent of", // in the log of Jenkins itself
            "after the abort of", // in the log of Jenkins itself
            "asking the issuer for a token", // in the thread dump of a build
            "ledger in the DynamoDB table", // said when all is well
            "ledger in DynamoDB Local,", // said when all is well
            "in memory: gone when this process ends", // said when all is well
            "audit log in", // said when all is well
            ", lifted by", // a column of `tokens denied`
            "everything issued before", // what an entry is about
            "; in force from the issuer's next request on", // said when all is well
            "Dry run: nothing was written.", // said when all is well
            ", when all of that has expired; later tokens are not affected", // of a plan
            "; new tokens of it are also refused until then", // of a plan
            "1 token that is alive now", // of a plan
            "a server with checks: offline does not ask, and accepts a token until it expires", // of a plan
            "tokens are now refused", // said when all is well
            "read, back to", // progress
            ", never signed", // of `tokens show`
            ", no limit"); // of `tokens show`

    private static String page() {
        return Tree.document("troubleshooting.md");
    }

    private static Stream<Path> sources() {
        return Tree.files().stream()
                .filter(file -> !file.toString().contains("src/test/"))
                .filter(file -> file.toString().matches(".*\\.(java|ts)"));
    }

    private static boolean speaks(Path file) {
        var name = Tree.ROOT.relativize(file).toString().replace('\\', '/');
        return SPEAKING.matcher(name).matches();
    }

    @Test
    void everyMessageThatSomebodyMeetsIsOnThePage() {
        var known = Literals.plain(page());
        var missing = new TreeSet<String>();
        sources()
                .filter(TroubleshootingTest::speaks)
                .forEach(file -> Literals.of(Tree.text(file)).stream()
                        .filter(TroubleshootingTest::isSentence)
                        .filter(text -> !NO_MESSAGES.contains(text) && !known.contains(text))
                        .forEach(text -> missing.add(file.getFileName() + ": " + text)));
        assertThat(missing).isEmpty();
    }

    /** Three words or more; shorter ones are names, or pieces of the others. */
    private static boolean isSentence(String text) {
        return text.split(" ").length >= 3 && text.matches("(?s).*[a-z]{2}.*");
    }

    @Test
    void nothingIsExemptThatNobodySays() {
        assertThat(sources().filter(TroubleshootingTest::speaks).flatMap(file -> Literals.of(Tree.text(file)).stream()))
                .containsAll(NO_MESSAGES);
    }

    @Test
    void everyMessageOnThePageIsSaidSomewhere() {
        var said =
                sources().flatMap(file -> Literals.of(Tree.text(file)).stream()).collect(Collectors.joining("\n"));
        assertThat(quoted()).hasSizeGreaterThan(80);
        assertThat(quoted().stream().flatMap(message -> pieces(message).stream()))
                .filteredOn(piece -> !said.contains(piece))
                .isEmpty();
    }

    private static List<String> quoted() {
        return FIRST_CELL
                .matcher(page())
                .results()
                .flatMap(cell -> QUOTED.matcher(cell.group(1)).results())
                .map(message -> message.group(1))
                .toList();
    }

    /** An ellipsis stands for a value. */
    private static List<String> pieces(String message) {
        return Stream.of(message.split("…"))
                .map(Literals::plain)
                .filter(piece -> piece.length() > 2)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void everyErrorCodeOfTheWireIsExplained(ErrorCode code) {
        assertThat(quoted()).contains(code.wire());
    }

    @Test
    void literalsAreReadAsPeopleReadThem() {
        assertThat(Literals.of(
                        "throw no(\"the body \" // \"not this\"\n + \"is 'larger' than \" + MAX + \" octets\");"))
                .containsExactly("the body is 'larger' than", "octets");
        assertThat(Literals.of("x = \"one\"\n    + \" two\\\"s\"; /* \"three\" */"))
                .containsExactly("one two\"s");
        assertThat(Literals.of("say(`no answer after ${n === 1 ? 'a' : 'some'} tries`, 'it\\'s', \"b's\")"))
                .contains("no answer after", "tries", "it's", "b's");
        assertThat(Literals.of("@Option(names = \"-x\", description = \"a help text\")\n    private boolean x;"))
                .isEmpty();
    }
}
