// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DemoTest {
    private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]+\\.");

    @Test
    void everyTheftIsRefusedAndEveryHonestStepServed() {
        var demo = Ran.of("demo");
        assertThat(demo.out()).contains("7 of 7 refusals, 3 of 3 grants.  OK");
        assertThat(demo.code()).as(demo.err()).isZero();
        assertThat(demo.out().lines().filter(line -> line.contains(" REFUSED ")))
                .hasSize(7);
        assertThat(demo.out().lines().filter(line -> line.contains(" GRANTED ")))
                .hasSize(3);
        assertThat(demo.out())
                .containsSubsequence(
                        "REFUSED  already exchanged",
                        "REFUSED  wrong target",
                        "REFUSED  other service",
                        "SIGNED   use 1 of 1",
                        "REFUSED  spent",
                        "CLOSED   by its holder",
                        "REFUSED  closed",
                        "REFUSED  lapsed",
                        "REFUSED  request ",
                        "rule 1: repository_id is \"6666\", not \"2002\"",
                        "acme/shop run 2002/7001/1 by octocat",
                        "SPENT by signer");
        assertThat(demo.err()).isEmpty();
        assertThat(demo.out()).doesNotContainPattern(TOKEN);
    }

    @Test
    void twoBranchesOfAJenkinsBuildGetATokenEachInTheSameSecond() {
        var demo = Ran.of("demo", "--ci", "jenkins");
        assertThat(demo.out())
                .contains("but for the audience their ID tokens are identical")
                .contains("7 of 7 refusals, 5 of 5 grants.  OK");
        assertThat(demo.code()).as(demo.err()).isZero();
        assertThat(demo.err()).isEmpty();
    }

    @Test
    void showsEachCallAsCurlWithoutItsSecrets() {
        var demo = Ran.of("demo", "--http");
        assertThat(demo.code()).as(demo.err()).isZero();
        var calls = demo.out().lines().filter(line -> line.contains("$ curl ")).toList();
        assertThat(calls).hasSizeGreaterThanOrEqualTo(11);
        assertThat(calls).anyMatch(line -> line.contains("subject_token@id-token"));
        assertThat(calls).anyMatch(line -> line.contains("token@token") && line.contains("-K signer.curl"));
        assertThat(demo.out()).doesNotContainPattern(TOKEN).doesNotContain("Basic ");
    }

    @Test
    void refusesACiThatItHasNoStoryFor() {
        var demo = Ran.of("demo", "--ci", "bamboo");
        assertThat(demo.code()).isEqualTo(2);
        assertThat(demo.err()).contains("--ci github or --ci jenkins");
    }
}
