// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.attacks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.overhttp.Form;
import io.taskbound.cli.overhttp.LiveIssuer;
import io.taskbound.cli.overhttp.OneIssuer;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters twice, elsewhere, too many, or badly written (threat model R5, R6, R19). */
@ExtendWith(OneIssuer.class)
class ParameterAttackTest {
    private static final int MOST = 50;
    private final Siege siege;

    ParameterAttackTest(LiveIssuer issuer) {
        this.siege = new Siege(issuer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grant_type",
                "subject_token",
                "subject_token_type",
                "authorization_details",
                "txn",
                "dry_run",
                "unknown"
            })
    void refusesAParameterTwice(String name) {
        var good = siege.exchange().getOrDefault(name, "false");
        var again = "&" + Form.encode(Map.of(name, good));
        siege.refuses("invalid_request", RawRequest.form("/token", siege.exchangeWith(name, good) + again));
    }

    @Test
    void refusesAParameterTwiceUnderTwoSpellings() {
        siege.refuses("invalid_request", RawRequest.form("/token", siege.exchangeWith("t%78n", "x")));
    }

    @Test
    void refusesAParameterTwiceEvenWhenOneIsEmpty() {
        siege.refuses("invalid_request", RawRequest.form("/token", Form.encode(siege.exchange()) + "&subject_token="));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/revoke", "/renew"})
    void refusesATokenTwice(String path) {
        var form = "token=" + siege.token() + "&token=" + siege.token();
        siege.refuses("invalid_request", RawRequest.form(path, form));
    }

    @Test
    void readsNoParameterFromTheQuery() {
        var query = "/token?" + Form.encode(siege.exchange());
        siege.refuses("invalid_request", RawRequest.form(query, ""));
    }

    @Test
    void revokesNothingByTheQuery() {
        siege.refuses("invalid_request", RawRequest.form("/revoke?token=" + siege.token(), ""));
    }

    @Test
    void refusesMoreThanFiftyParameters() {
        var form = Form.encode(siege.exchange());
        var more = fillers(MOST + 1 - siege.exchange().size());
        siege.refuses("invalid_request", RawRequest.form("/token", form + more));
    }

    @Test
    void acceptsFiftyParameters() {
        var form = Form.encode(siege.exchange());
        var answer = siege.send(
                RawRequest.form("/token", form + fillers(MOST - siege.exchange().size())));
        assertThat(answer.status()).as(answer.raw()).isEqualTo(200);
    }

    private static String fillers(int count) {
        return IntStream.range(0, count).mapToObj(i -> "&f" + i + "=x").collect(Collectors.joining());
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%zz", "%4g", "%-1", "%+1", "%u0041", "a%"})
    void refusesBadPercentEncoding(String value) {
        siege.refuses("invalid_request", RawRequest.form("/token", exchangePlus(value)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%C0%80", // NUL in two octets
                "%C0%AF", // a slash in two octets
                "%E0%80%AF",
                "%F0%80%80%AF",
                "%ED%A0%80", // half of a surrogate pair
                "%F4%90%80%80", // beyond Unicode
                "%F8%88%80%80%80",
                "%FF",
                "%80",
                "%C3" // cut off
            })
    void refusesInvalidUtf8(String value) {
        siege.refuses("invalid_request", RawRequest.form("/token", exchangePlus(value)));
    }

    @Test
    void refusesInvalidUtf8ThatIsNotPercentEncoded() {
        var form = exchangePlus("x").getBytes(UTF_8);
        form[form.length - 1] = (byte) 0xff;
        siege.refuses("invalid_request", RawRequest.form("/token", form));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "%1B%5B2J", "%7F", "%C2%85"})
    void refusesControlCharacters(String value) {
        siege.refuses("invalid_request", RawRequest.form("/token", exchangePlus(value)));
    }

    @Test
    void refusesANulThatIsNotPercentEncoded() {
        siege.refuses("invalid_request", RawRequest.form("/token", exchangePlus("\0")));
    }

    @Test
    void refusesANulInAName() {
        siege.refuses("invalid_request", RawRequest.form("/token", Form.encode(siege.exchange()) + "&tx%00n=x"));
    }

    @Test
    void refusesATxnThatIsNoUuid() {
        siege.refuses("invalid_request", RawRequest.form("/token", siege.exchangeWith("txn", "1' OR '1'='1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "1e9", "99999999999999999999", "60s", "0x10", "٣"})
    void refusesALifetimeThatIsNoNumberOfSeconds(String value) {
        siege.refuses("invalid_request", RawRequest.form("/token", siege.exchangeWith("requested_expires_in", value)));
    }

    @Test
    void refusesAnotherGrantType() {
        siege.refuses(
                "unsupported_grant_type", RawRequest.form("/token", siege.exchangeWith("grant_type", "password")));
    }

    @Test
    void refusesTwoDistinctTargets() {
        var form = Form.encode(siege.exchange()) + "&resource=https://deploy.acme.example&resource=https://b.example";
        siege.refuses("invalid_target", RawRequest.form("/token", form));
    }

    private String exchangePlus(String value) {
        return Form.encode(siege.exchange()) + "&more=" + value;
    }
}
