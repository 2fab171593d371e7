// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.controls;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import io.taskbound.json.JsonText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the file says, and the command that shows it beside how its tests ended. */
class ControlsTest {
    @TempDir
    Path folder;

    @Test
    void theFileHasNoFault() {
        assertThat(Controls.built().faults()).isEmpty();
    }

    /** What nothing is said of was forgotten. */
    @Test
    void threeFrameworksAreWhole() {
        var said = Controls.built().controls().stream().map(Control::id).collect(Collectors.toSet());
        for (var framework : Controls.built().frameworks()) {
            if (!framework.key().equals("sp800-53")) {
                assertThat(said).containsAll(framework.ids().keySet());
            }
        }
    }

    @Test
    void noClaimSaysThatSomebodyComplies() {
        assertThat(Controls.built().controls())
                .noneMatch(control -> (control.claim().orElse("")
                                + control.deployer().orElse(""))
                        .matches("(?i).*\\b(compl(y|ies|iant|iance)|certified)\\b.*"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{framework: nhi, id: 'NHI11:2025', not_claimed: x}|NHI11:2025: OWASP Non-Human Identities Top 10, 2025, has no such id",
                "{framework: owasp, id: 'NHI1:2025', not_claimed: x}|NHI1:2025: framework is one of [nhi, csf, zero-trust, sp800-53]",
                "{framework: nhi, id: 'NHI1:2025'}|NHI1:2025: neither a claim with tests nor not_claimed",
                "{framework: nhi, id: 'NHI1:2025', claim: x, deployer: y}|NHI1:2025: a claim without a test that could falsify it",
                "{framework: nhi, id: 'NHI1:2025', claim: x, tests: [a.BTest]}|NHI1:2025: deployer says what is left to do, for every claim",
                "{framework: nhi, id: 'NHI1:2025', tests: [a.BTest], not_claimed: x}|NHI1:2025: tests without a claim",
                "{framework: nhi, id: 'NHI1:2025', not_claimed: x, prof: y}|NHI1:2025: there is no member prof",
                "{framework: nhi, id: 'NHI1:2025', claim: x, deployer: y, tests: ['a b']}|NHI1:2025: \"a b\" is not the name of a test, such"
                        + " as cli.run.RunIT#theTokenIsDead",
                "{framework: nhi, id: 'NHI1:2025', claim: x, deployer: y, tests: [a.BTest], vectors: [dpop]}|NHI1:2025: \"dpop\" is not a"
                        + " file of vectors, such as contract/dpop.json",
                "{framework: nhi, id: 'NHI1:2025', vectors: [contract/a.json], not_claimed: x}|NHI1:2025: tests without a claim",
            })
    void aFaultBeginsWithTheIdOfItsControl(String row, String fault) {
        assertThat(Controls.read("[" + row + "]").faults()).contains(fault);
    }

    @Test
    void aControlIsThereOnce() {
        var row = "{framework: nhi, id: 'NHI1:2025', not_claimed: x}";
        assertThat(Controls.read("[" + row + ", " + row + "]").faults()).containsExactly("NHI1:2025: is there twice");
    }

    private String proof(int passed, int failed) throws Exception {
        var counts = Controls.built().controls().stream()
                .flatMap(control -> control.tests().stream())
                .distinct()
                .collect(Collectors.toMap(test -> test, test -> new TestCount(passed, failed, 0)));
        var now = java.time.Instant.parse("2026-12-02T12:00:00Z");
        return Files.writeString(folder.resolve("proof.json"), JsonText.of(new Proof("1.2.3", now, now, counts).json()))
                .toString();
    }

    @Test
    void showsEachClaimWithTheTestsThatProvedIt() throws Exception {
        var ran = Ran.of("controls", "--proof", proof(1, 0));
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains(
                        "NHI1:2025  Improper Offboarding",
                        "cli.run.RunSignalIT#afterKill9TheLeaseEndsTheToken: passed",
                        "SA-4  Acquisition Process")
                .containsPattern("([0-9]+) of \\1 claims proven by tests of version 1\\.2\\.3")
                .doesNotContain("not proven");
    }

    @Test
    void oneThatFailedIsShownAndTheCodeSaysSo() throws Exception {
        var ran = Ran.of("controls", "AC-12", "--proof", proof(0, 2));
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("FAILED (2)", "0 of 1 claim proven");
    }

    @Test
    void toolsGetTheSame() throws Exception {
        var ran = Ran.of("controls", "--framework", "csf", "--json", "--proof", proof(3, 0));
        assertThat(ran.out())
                .contains(
                        "\"id\":\"PR.AA-04\"",
                        "\"proven\":true",
                        "\"passed\":3",
                        "\"vectors\":[\"contract/id-token-audience.json\"")
                .doesNotContain("NHI1");
    }

    @Test
    void aSecurityPlanGetsTheComponentDefinition() throws Exception {
        var ran = Ran.of("controls", "--oscal");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).isEqualTo(new ComponentDefinition(Controls.built()).text());
        assertThat(Ran.of("controls", "AC-12", "--oscal").err()).contains("--oscal prints all controls");
    }

    @ParameterizedTest
    @CsvSource({"NHI1:2026,Did you mean NHI1:2025?", "AC-13,Did you mean AC-1", "nothing-like-it,There is no control"})
    void anIdThatDoesNotExistIsAFault(String id, String words) {
        var ran = Ran.of("controls", id);
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains(words);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void aFrameworkThatDoesNotExistIsAFault() {
        assertThat(Ran.of("controls", "--framework", "iso").err())
                .contains("Name one of nhi, csf, zero-trust, sp800-53.");
    }

    @Test
    void aFileThatIsNoProofIsAFault() throws Exception {
        var file = Files.writeString(folder.resolve("x.json"), "{}");
        assertThat(Ran.of("controls", "--proof", file.toString()).err()).contains("is not the proof of a build.");
        assertThat(Ran.of("controls", "--proof", folder.resolve("none").toString())
                        .err())
                .contains("cannot be read");
    }
}
