// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.attacks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.overhttp.Form;
import io.taskbound.cli.overhttp.LiveIssuer;
import io.taskbound.cli.overhttp.OneIssuer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods that an endpoint does not have, and paths that lead to none. */
@ExtendWith(OneIssuer.class)
class RouteAttackTest {
    private final Siege siege;

    RouteAttackTest(LiveIssuer issuer) {
        this.siege = new Siege(issuer);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /token",
        "PUT, /token",
        "DELETE, /token",
        "PATCH, /token",
        "OPTIONS, /token",
        "TRACE, /token",
        "BREW, /token",
        "post, /token",
        "GET, /revoke",
        "GET, /renew",
        "GET, /introspect",
        "GET, /redeem"
    })
    void refusesAMethodOtherThanPost(String method, String path) {
        var form = Form.encode(siege.exchange());
        var request = RawRequest.of(method, path)
                .with("Content-Type", "application/x-www-form-urlencoded")
                .with("Content-Length", Integer.toString(form.length()))
                .body(form.getBytes(UTF_8));
        assertThat(siege.refuses(405, request).header("allow")).isEqualTo("POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/jwks.json", "/.well-known/oauth-authorization-server", "/healthz"})
    void refusesToPostToADocument(String path) {
        assertThat(siege.refuses(405, RawRequest.form(path, "")).header("allow"))
                .startsWith("GET");
    }

    @Test
    void answersHeadWithoutABody() {
        var answer = siege.send(RawRequest.of("HEAD", "/token"));
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.raw()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/admin",
                "/tokens",
                "/Token",
                "/TOKEN",
                "/token/",
                "/token;x=1",
                "/token%00",
                "/token%2f",
                "/%74oken",
                "/x/../token",
                "/./token",
                "/%2e%2e/token",
                "/x/..%2ftoken",
                "/token/..%2f..%2fetc%2fpasswd",
                "/../../../../etc/passwd",
                "/.well-known/",
                "/.well-known/jwks.json/",
                "/.well-known/../healthz",
                "/.git/config",
                "/favicon.ico"
            })
    void knowsNoOtherPath(String path) {
        siege.refuses(404, RawRequest.form(path, Form.encode(siege.exchange())));
    }

    /** Some of these the JDK's server refuses by itself, in HTML: they never reach the issuer. */
    @ParameterizedTest
    @ValueSource(strings = {"*", "//token", "token", "/tok en", "/token\\..", "/token%", "/token%zz", "/token|x"})
    void grantsNothingToATargetThatIsNoPath(String target) {
        var answer = siege.send(RawRequest.form(target, Form.encode(siege.exchange())));
        assertThat(answer.status()).isBetween(400, 404);
        siege.tellsNothing(answer);
        siege.changedNothing();
    }
}
