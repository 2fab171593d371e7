// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.difference;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import io.taskbound.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyDiffTest {
    private static final String POLICY = """
            version: 1
            providers:
              github: {profile: github, issuer: "https://token.actions.githubusercontent.com", audience: us}
            resource_servers:
              signer: {audience: signer, checks: redeem, client_secret_hashes: ["%s"]}
            tasks:
              sign:
                permissions: [{resource_server: signer, actions: [sign], identifiers: ["artifact:*"]}]
                max_lifetime: 10m
                lease: 60s
                max_live: 3
                allow:
                  - provider: github
                    claims: {repository_id: "2002", repository_owner_id: "1001", ref: refs/heads/main, ref_type: branch}
            """.formatted("5e".repeat(32));
    private static final String CHANGED = POLICY.replace(
                    "ref: refs/heads/main", "ref: [refs/heads/main, refs/heads/next]")
            .replace("max_live: 3", "max_live: 2")
            .replace("allow:", "description: Signs\n    allow:");

    @TempDir
    private Path folder;

    private Path old;
    private Path changed;

    @BeforeEach
    void write() throws Exception {
        old = Files.writeString(folder.resolve("old.yaml"), POLICY);
        changed = Files.writeString(folder.resolve("new.yaml"), CHANGED);
    }

    private static Ran diff(Object... words) {
        var line = new ArrayList<>(List.of("policy", "diff"));
        for (var word : words) {
            line.add(word.toString());
        }
        return Ran.of(line.toArray(String[]::new));
    }

    @Test
    void widerChangesComeFirstAndInSentences() {
        var ran = diff(old, changed);
        assertThat(ran.out()).isEqualToNormalizingNewlines("""
                WIDER: allows more than before
                  task sign
                    + lets in more: ref may now also be "refs/heads/next", for callers of provider github whose ref_type is "branch", repository_id is "2002", repository_owner_id is "1001", event_name is "push" or "workflow_dispatch" or "schedule" or "release" or "merge_group"

                NARROWER: allows less than before
                  task sign
                    - fewer tokens may be alive at once: max_live 3 -> 2

                NEITHER: changes no decision by itself
                  task sign
                      another description

                1 change widens access, 1 narrows it.
                """);
        assertThat(ran.code()).as(ran.err()).isZero();
    }

    @Test
    void theExitCodeSaysWhetherAccessIsWidened() {
        assertThat(diff(old, changed, "--exit-code").code()).isEqualTo(1);
        assertThat(diff(changed, old, "--exit-code").code()).isEqualTo(1);
        assertThat(diff(old, old, "--exit-code").code()).isZero();
        assertThat(diff(old, old).out()).isEqualToNormalizingNewlines("No decision changes.\n");
        assertThat(diff("-", old, "--exit-code").out()).contains("is new: at most 10m");
    }

    @Test
    void markdownShowsTheSame() {
        assertThat(diff(old, changed, "--format", "markdown").out())
                .startsWith("### Policy: 1 change widens access, 1 narrows it.")
                .contains(
                        "**Wider: allows more than before**",
                        "- task sign: lets in more: ref may now also be `\"refs/heads/next\"`, for callers of provider github whose",
                        "- task sign: fewer tokens may be alive at once: `max_live` 3 `->` 2");
    }

    @Test
    void muchIsFoldedAndWhatWidensAccessIsNot() throws Exception {
        var many = IntStream.range(0, 12)
                .mapToObj(i -> "      - {provider: github, claims: {repository_id: \"" + i
                        + "\", repository_owner_id: \"1001\", ref: refs/heads/m" + i + ", ref_type: branch}}\n")
                .collect(Collectors.joining());
        var more = Files.writeString(folder.resolve("more.yaml"), POLICY + many);
        var markdown = diff(more, changed, "--format", "markdown").out();
        assertThat(markdown).contains("<details><summary>Narrower: allows less than before (", "</details>");
        assertThat(markdown.indexOf("**Wider")).isBetween(0, markdown.indexOf("<details>"));
    }

    @Test
    void markdownFitsIntoAComment() throws Exception {
        var many = IntStream.range(0, 1_000)
                .mapToObj(i -> "      - {provider: github, claims: {repository_id: \"" + i
                        + "\", repository_owner_id: \"1001\", ref: refs/heads/m" + i + ", ref_type: branch}}\n")
                .collect(Collectors.joining());
        var more = Files.writeString(folder.resolve("more.yaml"), POLICY + many);
        var markdown = diff(old, more, "--format", "markdown").out();
        assertThat(markdown).hasSizeLessThan(65_000).contains(" more are not shown");
    }

    @Test
    void jsonHasTheChangesByWhatTheyDo() throws Exception {
        var json = StrictJson.parseObject(diff(old, changed, "--json").out().getBytes(StandardCharsets.UTF_8));
        assertThat(json.array("wider").orElseThrow().items()).hasSize(1);
        assertThat(json.array("narrower").orElseThrow().items()).hasSize(1);
        assertThat(json.string("old_hash")).isPresent().isNotEqualTo(json.string("new_hash"));
        assertThat(diff(old, changed, "--json", "--format", "markdown").code()).isEqualTo(2);
    }

    @Test
    void aFaultyPolicyIsNamed() throws Exception {
        var faulty = Files.writeString(folder.resolve("faulty.yaml"), POLICY.replace("max_live: 3", "max_live: 0"));
        assertThat(diff(old, faulty).code()).isEqualTo(1);
        assertThat(diff(old, faulty).err()).contains("faulty.yaml:", "is invalid, so it allows nothing");
        assertThat(diff(folder.resolve("none.yaml"), old).err()).contains("There is no ");
    }

    /** Both are read side by side; what is said does not depend on which is read first. */
    @Test
    void ofTwoFaultyPoliciesTheOldOneIsTold() throws Exception {
        var faulty = Files.writeString(folder.resolve("faulty.yaml"), POLICY.replace("max_live: 3", "max_live: 0"));
        var broken = Files.writeString(folder.resolve("broken.yaml"), "[");
        assertThat(diff(faulty, broken).err()).contains("faulty.yaml:").doesNotContain("broken.yaml");
        assertThat(diff(broken, faulty).err()).contains("broken.yaml:").doesNotContain("faulty.yaml");
    }
}
