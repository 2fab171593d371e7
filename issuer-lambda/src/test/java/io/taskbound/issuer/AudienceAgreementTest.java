// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.http.TestIssuer;
import io.taskbound.policy.Policy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether clients ask for the audience that the policy has. */
class AudienceAgreementTest {
    private static final Policy POLICY = TestIssuer.compile(TestIssuer.policyJson("https://gh.example"));

    @ParameterizedTest
    @ValueSource(strings = {TestIssuer.ISSUER, TestIssuer.ISSUER + "/"})
    void isSilentIfTheAudienceIsTheIssuersUrl(String issuer) {
        assertThat(AudienceAgreement.warnings(POLICY, issuer)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8787, http://127.0.0.1:8787, localhost and its address",
        "https://Tokens.acme.example, https://tokens.acme.example, upper and lower case",
        "http://tokens.acme.example, https://tokens.acme.example, http and https"
    })
    void namesASmallDifference(String audience, String issuer, String difference) {
        var policy =
                TestIssuer.compile(TestIssuer.policyJson("https://gh.example").replace(TestIssuer.ISSUER, audience));

        assertThat(AudienceAgreement.warnings(policy, issuer))
                .hasSize(1)
                .allSatisfy(warning -> assertThat(warning)
                        .contains(
                                audience + " and not this issuer's URL, " + issuer,
                                "(they differ by: " + difference + ")"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://alias.acme.example", "https://tokens.acme.example.example"})
    void saysWhatClientsDoOfAnyOtherAudience(String issuer) {
        assertThat(AudienceAgreement.warnings(POLICY, issuer))
                .hasSize(1)
                .allSatisfy(warning -> assertThat(warning)
                        .contains("clients ask for ID tokens for that URL by themselves")
                        .doesNotContain("differ by"));
    }
}
