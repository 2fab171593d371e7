// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.controls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a build, with reports as Surefire writes them. */
class BuildCheckTest {
    private static final Instant BEGAN = Instant.parse("2026-12-02T12:00:00Z");
    private static final String NAMED = "cli.run.RunSignalIT#afterKill9TheLeaseEndsTheToken";

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @TempDir
    Path root;

    private Path proof() {
        return root.resolve("release/target/controls-proof.json");
    }

    /** Each named test passed once. */
    @BeforeEach
    void aWholeBuild() throws IOException {
        var cases = new TreeMap<String, List<String>>();
        for (var control : Controls.built().controls()) {
            for (var test : control.tests()) {
                cases.computeIfAbsent(test.className(), any -> new ArrayList<>())
                        .add("<testcase classname=\"" + test.className() + "\" name=\""
                                + test.method().orElse("any") + "(String)[1]\"/>");
            }
        }
        for (var entry : cases.entrySet()) {
            report("cli", entry.getKey(), String.join("", entry.getValue()));
        }
        report("client", "io.taskbound.client.AnyTest", "");
        report("issuer-lambda", "io.taskbound.AnyTest", "");
    }

    private Path report(String module, String type, String cases) throws IOException {
        var folder = Files.createDirectories(root.resolve(module).resolve("target/surefire-reports"));
        return Files.writeString(folder.resolve("TEST-" + type + ".xml"), "<testsuite>" + cases + "</testsuite>");
    }

    private void change(String from, String to) throws IOException {
        var file = root.resolve("cli/target/surefire-reports/TEST-io.taskbound.cli.run.RunSignalIT.xml");
        var text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    private int check(String... narrowing) throws IOException {
        var args = new ArrayList<>(List.of(root.toString(), BEGAN.toString(), "1.2.3", proof().toString()));
        args.addAll(List.of(narrowing));
        return BuildCheck.run(new PrintStream(said, true, StandardCharsets.UTF_8), args.toArray(String[]::new));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void passesAndWritesDownWhatProvedIt() throws Exception {
        assertThat(check("test=${test}", "it.test=", "skipTests=false"))
                .as(said())
                .isZero();
        assertThat(said()).containsPattern("proven +([0-9]+) of \\1 claims");
        assertThat(Proof.parse(Files.readString(proof()))
                        .of(TestName.parse(NAMED))
                        .passed())
                .isPositive();
    }

    @Test
    void namesTheControlOfATestThatDidNotRun() throws Exception {
        change("afterKill9TheLeaseEndsTheToken(", "afterKill9TheLeaseEndsTheTokenNow(");
        assertThat(check()).isEqualTo(1);
        assertThat(said()).contains("NOT PROVEN   NHI1:2025: " + NAMED + " did not run in this build");
        assertThat(proof()).doesNotExist();
    }

    @Test
    void namesTheControlOfATestThatFailed() throws Exception {
        change(
                "name=\"afterKill9TheLeaseEndsTheToken(String)[1]\"/>",
                "name=\"afterKill9TheLeaseEndsTheToken(String)[1]\"><failure/></testcase>");
        assertThat(check()).isEqualTo(1);
        assertThat(said()).contains("NHI1:2025: " + NAMED + " failed");
    }

    @Test
    void aSkippedTestIsNoProofAndNoFault() throws Exception {
        change(
                "name=\"afterKill9TheLeaseEndsTheToken(String)[1]\"/>",
                "name=\"afterKill9TheLeaseEndsTheToken(String)[1]\"><skipped/></testcase>");
        assertThat(check()).as(said()).isZero();
        assertThat(Proof.parse(Files.readString(proof()))
                        .of(TestName.parse(NAMED))
                        .words())
                .startsWith("NOT RUN");
    }

    @Test
    void namesTheControlOfWhichEachTestWasSkipped() throws Exception {
        for (var file : List.of("cli.run.RunSignalIT", "ledger.InMemoryLedgerTest", "token.HolderVerifierTest")) {
            report(
                    "cli",
                    "io.taskbound." + file,
                    "<testcase classname=\"io.taskbound." + file + "\" name=\"\"><skipped/></testcase>");
        }
        assertThat(check()).isEqualTo(1);
        assertThat(said())
                .contains("IA-5: each of its tests was skipped in this build, so that nothing proves its claim");
    }

    /** As Surefire reports a nested class that a test inherits. */
    @Test
    void aTestOfAContractIsOneOfTheClassThatRanIt() throws Exception {
        var type = "io.taskbound.ledger.InMemoryLedgerTest";
        var file = root.resolve("cli/target/surefire-reports/TEST-" + type + ".xml");
        var text = Files.readString(file);
        Files.writeString(
                file,
                text.replace("<testsuite>", "<testsuite name=\"" + type + "\">")
                        .replace(
                                "classname=\"" + type + "\"",
                                "classname=\"io.taskbound.ledger.LedgerContract$Redeeming\""));
        assertThat(check()).as(said()).isZero();
    }

    @Test
    void aReportOfAnEarlierBuildProvesNothing() throws Exception {
        var file = root.resolve("cli/target/surefire-reports/TEST-io.taskbound.cli.run.RunSignalIT.xml");
        Files.setLastModifiedTime(file, FileTime.from(BEGAN.minusSeconds(1)));
        assertThat(check()).isEqualTo(1);
        assertThat(said()).contains("NHI1:2025: " + NAMED + " did not run in this build");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"test=OneTest", "it.test=NoIT", "groups=long", "skipTests=true", "maven.test.skip.exec=true"})
    void aPartOfTheTestsIsNotCheckedAndSaidSo(String narrowing) throws Exception {
        change("afterKill9TheLeaseEndsTheToken(", "other(");
        assertThat(check(narrowing)).isZero();
        assertThat(said()).contains("NOT CHECKED  this build ran a part of the tests: -D" + narrowing);
        assertThat(proof()).doesNotExist();
    }

    @Test
    void norIsABuildWithoutAModule() throws Exception {
        Files.delete(root.resolve("client/target/surefire-reports/TEST-io.taskbound.client.AnyTest.xml"));
        Files.deleteIfExists(proof());
        assertThat(check()).isZero();
        assertThat(said()).contains("NOT CHECKED  this build ran a part of the tests: none of client");
    }
}
