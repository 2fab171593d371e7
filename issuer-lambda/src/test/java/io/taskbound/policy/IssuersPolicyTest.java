// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.digest.Sha256;
import io.taskbound.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What does not go with the issuer that a policy is for, and secrets that anybody knows. */
class IssuersPolicyTest {
    private static final String URL = "https://tokens.acme.example";

    private static JsonObject policy(String audience, String hash, String accept) {
        return Contract.json("{'version': 1, 'providers': {'p': {'profile': 'github', 'issuer': 'https://ci.example',"
                + accept + "'audience': '" + audience + "'}}, 'resource_servers': {'signer': {'audience': 's',"
                + "'checks': 'redeem', 'client_secret_hashes': ['" + hash + "']}}, 'tasks': {'t': {'permissions': ["
                + "{'resource_server': 'signer', 'actions': ['a'], 'identifiers': ['x']}], 'allow': [{'provider': 'p',"
                + "'claims': {'repository_id': '2', 'repository_owner_id': '1', 'environment': 'e'}}]}}}");
    }

    private static List<String> codes(JsonObject document, Optional<String> issuer) {
        return Policy.compile(document, 1, issuer).match(Policy.Ok::warnings, Policy.Faulty::faults).stream()
                .map(fault -> fault.code().wire())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "https://tokens.acme.example, false",
        "https://tokens.acme.example/, false",
        "https://tokens.acme.example/issuer, true",
        "https://tokens2.acme.example, true",
        "http://tokens.acme.example, true",
        "us, true"
    })
    void anAudienceThatIsNotTheIssuersUrlIsAWarning(String audience, boolean warned) {
        var document = policy(audience, Documents.HASH, "");

        assertThat(codes(document, Optional.of(URL))).isEqualTo(warned ? List.of("audience-url") : List.of());
        assertThat(codes(document, Optional.of(URL + "/"))).isEqualTo(warned ? List.of("audience-url") : List.of());
        assertThat(codes(document, Optional.empty())).isEmpty();
    }

    @Test
    void suchAnAudienceCanBeAcceptedAndThatIsNotSuperfluousWhereTheIssuerIsUnknown() {
        var document = policy("us", Documents.HASH, "'accept': {'audience-url': 'fixed by the CI system'},");

        assertThat(codes(document, Optional.of(URL))).isEmpty();
        assertThat(codes(document, Optional.empty())).isEmpty();
        assertThat(codes(
                        policy(URL, Documents.HASH, "'accept': {'audience-url': 'fixed by the CI system'},"),
                        Optional.of(URL)))
                .containsExactly("accepts-nothing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "password",
                "Password",
                "PASSWORD",
                "password1",
                "password123",
                "passwordpassword",
                "secret",
                "changeme",
                "change-me",
                "test",
                "signer",
                "signer123",
                "signer-secret",
                "foo",
                "hunter2",
                "abc",
                "hello world",
                "password\n",
                "123456",
                "admin",
                "supersecret",
                "client-secret",
                "taskbound"
            })
    void aSecretThatAnybodyKnowsIsAnError(String secret) {
        assertThat(codes(policy(URL, Sha256.hex(secret), ""), Optional.empty())).containsExactly("known-secret");
    }

    @Test
    void theHashThatTheDocumentsOnceHadIsOne() {
        assertThat(codes(
                        policy(URL, "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8", ""),
                        Optional.empty()))
                .containsExactly("known-secret");
    }

    @Test
    void aSecretThatNobodyKnowsIsNone() {
        assertThat(codes(policy(URL, Sha256.hex("mvJ0bWkTj3i6m7yqXb0rO5y2qkq5mJ9Z0h3wq3yq1aA"), ""), Optional.of(URL)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "11", "ab", "ff"})
    void aPlaceholderIsAWarningOnceThePolicyIsForAnIssuer(String two) {
        var document = policy(URL, two.repeat(32), "");

        assertThat(codes(document, Optional.empty())).isEmpty();
        assertThat(codes(document, Optional.of(URL))).containsExactly("placeholder-secret");
    }

    /** An issuer that starts takes no time for advice, and decides the same. */
    @Test
    void anIssuerLoadsWithoutAdvice() {
        var document = Documents.signing(
                "['artifact:${project}/**']", "[{'provider': 'github', 'claims': {'repository_id': '2002'}}]");

        assertThat(Documents.faults(document)).isNotEmpty();
        assertThat(Policy.load(document, 1).match(Policy.Ok::warnings, Policy.Faulty::faults))
                .isEmpty();
        assertThat(Policy.load(Contract.json("{}"), 1)).isInstanceOf(Policy.Faulty.class);
    }
}
