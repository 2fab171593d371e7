// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two issuers that a person takes for one. */
class IssuerDifferenceTest {
    private static final String ISSUER = "https://ci.acme.example/oidc";

    @ParameterizedTest
    @CsvSource({
        "https://ci.acme.example/oidc/, a slash at the end",
        "https://CI.acme.example/oidc, upper and lower case",
        "HTTPS://ci.acme.example/oidc, upper and lower case",
        "http://ci.acme.example/oidc, http and https",
        "'https://ci.acme.example:443/oidc', 'the usual port, which can be left out'",
        "http://ci.acme.example:80/oidc/, 'the usual port, which can be left out and http and https and a slash at the end'",
        "' https://ci.acme.example/oidc', blanks around it"
    })
    void isNamedInBothDirections(String other, String difference) {
        assertThat(IssuerDifference.small(ISSUER, other)).contains(difference);
        assertThat(IssuerDifference.small(other, ISSUER)).contains(difference);
    }

    @Test
    void isAlsoTheNameOfThisMachine() {
        assertThat(IssuerDifference.small("http://localhost:8787", "http://127.0.0.1:8787"))
                .contains("localhost and its address");
        assertThat(IssuerDifference.small("http://[::1]:8787/", "http://127.0.0.1:8787"))
                .contains("localhost and its address and a slash at the end");
        assertThat(IssuerDifference.small("http://localhost.example:8787", "http://127.0.0.1:8787"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ISSUER,
                "https://ci.acme.example",
                "https://ci.acme.example:8443/oidc",
                "https://other.example/oidc",
                "https://ci.acme.example/oidc?x",
                "",
                "/"
            })
    void isNotNamedForTheSameOrAQuiteDifferentOne(String other) {
        assertThat(IssuerDifference.small(ISSUER, other)).isEmpty();
    }

    @Test
    void showsOnlyAPlainUrlOfAnUnverifiedToken() {
        for (var plain :
                List.of(ISSUER, "http://127.0.0.1:8788", "https://gitlab.com/", "https://x.example/org/1-2_~")) {
            assertThat(IssuerDifference.shown(plain)).isEqualTo(plain);
        }
        for (var other : List.of(
                "",
                "eyJhbGciOiJSUzI1NiJ9.e30.c2ln",
                "https://u:secret@x.example",
                "https://x.example/?token=a",
                "https://x.example/\u001b[31m",
                "https://x.example/ a",
                "https://x.example/" + "a".repeat(200))) {
            assertThat(IssuerDifference.shown(other)).isEqualTo("(not a plain URL)");
        }
    }
}
