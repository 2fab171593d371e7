// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.overhttp.LiveIssuer;
import io.taskbound.cli.overhttp.OneIssuer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * authorization_details that say two things, too much, or something else (threat model R6, R17; RFC 9396 section 5).
 */
@ExtendWith(OneIssuer.class)
class DetailsAttackTest {
    private static final String GOOD = "{\"type\":\"task\",\"task\":\"deploy\",\"identifier\":\"env:production\"}";
    private final Siege siege;

    DetailsAttackTest(LiveIssuer issuer) {
        this.siege = new Siege(issuer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "null",
                "[null]",
                "[[]]",
                "\"task\"",
                GOOD, // no array
                "[" + GOOD + ",]",
                "[" + GOOD + "] x",
                "[" + GOOD + "",
                "// x\n[" + GOOD + "]",
                "[{'type':'task'}]",
                "[{\"type\":\"task\",\"task\":\"deploy\",\"identifier\":\"env:production\",\"identifier\":\"env:x\"}]",
                "[{\"type\":\"task\",\"task\":\"deploy\",\"t\\u0061sk\":\"sign\",\"identifier\":\"env:production\"}]",
                "[{\"type\":\"task\",\"task\":\"deploy\",\"identifier\":\"env:production\",\"privileges\":[\"all\"]}]",
                "[{\"type\":\"payment\",\"task\":\"deploy\",\"identifier\":\"env:production\"}]",
                "[{\"type\":\"task\",\"task\":\"DEPLOY\",\"identifier\":\"env:production\"}]",
                "[{\"type\":\"task\",\"task\":\"deploy\",\"identifier\":\"env:*\"}]",
                "[{\"type\":\"task\",\"task\":\"deploy\",\"identifier\":\"env:production\\u0000\"}]",
                "[{\"type\":\"task\",\"task\":\"deploy\",\"identifier\":[\"env:production\"]}]",
                "[{\"type\":\"task\",\"task\":\"deploy\",\"identifier\":\"env:a/../production\"}]",
                "[{\"type\":\"task\",\"task\":\"deploy\",\"actions\":[],\"identifier\":\"env:production\"}]",
                "[{\"type\":\"task\",\"task\":\"deploy\",\"identifier\":\"env:\\ud800\"}]",
                "[" + GOOD + "," + "{\"type\":\"task\",\"task\":\"publish\",\"identifier\":\"bucket:releases\"}]"
            })
    void areRefused(String details) {
        refuses(details);
    }

    @Test
    void areRefusedWhenDeep() {
        refuses("[".repeat(10_000) + "]".repeat(10_000));
    }

    @Test
    void areRefusedWhenTheyNest() {
        refuses("[{\"type\":".repeat(2_000));
    }

    @Test
    void areRefusedWithANumberOfTenThousandDigits() {
        refuses("[{\"type\":\"task\",\"task\":" + "9".repeat(10_000) + "}]");
    }

    @Test
    void areRefusedWithAnExponentOfAMillion() {
        refuses("[{\"type\":\"task\",\"task\":1e1000000}]");
    }

    @Test
    void areRefusedBeyondEightObjects() {
        refuses("[" + (GOOD + ",").repeat(8) + GOOD + "]");
    }

    @Test
    void areRefusedWithALongIdentifier() {
        refuses("[{\"type\":\"task\",\"task\":\"deploy\",\"identifier\":\"env:" + "x".repeat(509) + "\"}]");
    }

    @Test
    void lookTheSameForAnUnknownAndAForbiddenTask() {
        var unknown =
                siege.refuses(400, exchange("[{\"type\":\"task\",\"task\":\"x\",\"identifier\":\"env:production\"}]"));
        var forbidden =
                siege.send(exchange("[{\"type\":\"task\",\"task\":\"deploy\",\"identifier\":\"env:staging\"}]"));
        assertThat(forbidden.status()).isEqualTo(unknown.status());
        assertThat(forbidden.text("error")).isEqualTo(unknown.text("error"));
        assertThat(forbidden.text("error_description")).isEqualTo(unknown.text("error_description"));
    }

    private RawRequest exchange(String details) {
        return RawRequest.form("/token", siege.exchangeWith("authorization_details", details));
    }

    private void refuses(String details) {
        siege.refuses("invalid_authorization_details", exchange(details));
    }
}
