// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DecisionLineTest {

    @Test
    void saysWhoAskedForWhatAndWhichClaimDiffered() {
        var line = DecisionLine.of("""
                {"time":"2026-11-23T10:00:01.5Z","request_id":"R2","event":"mint","sub":"s","stable_sub":"repo:5555/6666",\
                "task":"sign-release","nearest":{"rule":"rule 1","path":"repository_id","expected":"\\"2002\\"",\
                "actual":"\\"6666\\""},"reason":"not_allowed","error":"invalid_authorization_details","result":"refused"}""");
        assertThat(line)
                .isEqualTo("10:00:01  mint refused  sign-release  repo:5555/6666  not_allowed"
                        + "  repository_id is \"6666\", not \"2002\"  request R2");
    }

    @Test
    void letsNoSubjectWriteToTheTerminalOrBeginALine() {
        var line = DecisionLine.of("{\"time\":\"\",\"event\":\"mint\",\"result\":\"granted\","
                + "\"sub\":\"a\\u001b[2Jb\\u000amint granted\"}");

        assertThat(line).doesNotContain("\u001b", "\n").contains("a\ufffd[2Jb\ufffdmint granted");
    }

    @Test
    void keepsALineThatItCannotRead() {
        assertThat(DecisionLine.of("no json")).isEqualTo("no json");
    }
}
