// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.attacks;

import static io.taskbound.cli.overhttp.Calls.basic;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.overhttp.LiveIssuer;
import io.taskbound.cli.overhttp.OneIssuer;
import java.net.URLEncoder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts in place of tokens, at every endpoint that takes one (threat model R5 to R9, R37, R38). */
@ExtendWith(OneIssuer.class)
class TokenAttackTest {
    private final Siege siege;

    TokenAttackTest(LiveIssuer issuer) {
        this.siege = new Siege(issuer);
    }

    @ParameterizedTest
    @EnumSource
    void isNoProofAtTheTokenEndpoint(TokenFault fault) {
        siege.refuses(
                "invalid_request",
                RawRequest.form("/token", siege.exchangeWith("subject_token", fault.spoil(siege.proof()))));
    }

    @ParameterizedTest
    @EnumSource
    void closesNothingAsAProof(TokenFault fault) {
        var form = "handle=run:*&subject_token=" + encoded(fault.spoil(siege.proof()));
        siege.refuses("invalid_request", RawRequest.form("/revoke", form));
    }

    @ParameterizedTest
    @EnumSource
    void revokesNothing(TokenFault fault) {
        var request = RawRequest.form("/revoke", "token=" + encoded(fault.spoil(siege.token())));
        if (!fault.isWhole()) {
            siege.refuses("invalid_request", request);
            return;
        }
        var answer = siege.send(request);
        assertThat(answer.status()).as(answer.raw()).isEqualTo(200);
        siege.tellsNothing(answer);
        siege.changedNothing();
    }

    @ParameterizedTest
    @EnumSource
    void isInactiveAndNothingElse(TokenFault fault) {
        isInactive(RawRequest.form("/introspect", "token=" + encoded(fault.spoil(siege.token()))));
    }

    @ParameterizedTest
    @EnumSource
    void isNotRedeemedAndNotToldWhy(TokenFault fault) {
        var form = "action=deploy&identifier=env:production&token=" + encoded(fault.spoil(siege.token()));
        if (fault.isWhole()) {
            isInactive(RawRequest.form("/redeem", form));
        } else {
            siege.refuses("invalid_request", RawRequest.form("/redeem", form).with("Authorization", basic("deployer")));
        }
    }

    private void isInactive(RawRequest request) {
        var answer = siege.send(request.with("Authorization", basic("deployer")));
        assertThat(answer.raw()).isEqualTo("{\"active\":false}");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        siege.changedNothing();
    }

    @ParameterizedTest
    @EnumSource
    void isNotRenewed(TokenFault fault) {
        var form = "holder_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk&token="
                + encoded(fault.spoil(siege.token()));
        siege.refuses(fault.isWhole() ? "invalid_grant" : "invalid_request", RawRequest.form("/renew", form));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/token", "/revoke", "/renew", "/introspect", "/redeem"})
    void isRefusedAtAHundredKilobytes(String path) {
        var form = "token=" + "A".repeat(100 * 1024);
        siege.refuses(413, RawRequest.form(path, form).with("Authorization", basic("deployer")));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
