// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.client.Vectors;
import io.taskbound.client.internal.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** contract/credential.json. */
class CredentialReaderTest {
    static Stream<Arguments> good() {
        return cases("read");
    }

    static Stream<Arguments> bad() {
        return cases("fault");
    }

    private static Stream<Arguments> cases(String member) {
        return Vectors.read("credential.json")
                .cases()
                .filter(one -> payload(one).containsKey(member));
    }

    private static Map<String, Object> payload(Arguments one) {
        return Vectors.object(((Named<?>) one.get()[0]).getPayload());
    }

    @ParameterizedTest
    @MethodSource("good")
    void takesFromAWholeAnswerWhatTheVectorSays(Map<String, Object> vector) throws UnusableCredential {
        var credential = read(vector);
        assertThat(facts(credential)).isEqualTo(vector.get("read"));
        assertThat(credential.toString()).doesNotContain("CANARY");
    }

    @ParameterizedTest
    @MethodSource("bad")
    void takesNothingFromAnyOtherAndSaysWhyWithoutASecret(Map<String, Object> vector) {
        assertThatThrownBy(() -> read(vector))
                .isInstanceOf(UnusableCredential.class)
                .hasMessage((String) vector.get("fault"))
                .hasMessageNotContaining("CANARY");
    }

    private static Credential read(Map<String, Object> vector) throws UnusableCredential {
        var granted = CredentialKind.of((String) vector.get("granted")).orElseThrow();
        return CredentialReader.read(JsonObject.of(Vectors.object(vector.get("body"))), granted);
    }

    private static Map<String, Object> facts(Credential credential) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("expires_at", credential.expiresAt().getEpochSecond());
        facts.put("refreshed", credential.refreshed());
        facts.put("secrets", credential.secrets());
        facts.putAll(credential.match(
                github -> Map.of(
                        "server_url", github.serverUrl().toString(),
                        "api_url", github.apiUrl().toString(),
                        "repositories", github.repositories(),
                        "permissions", github.permissions()),
                aws -> withOptional(Map.of("role_arn", aws.roleArn()), "region", aws.region()),
                openbao -> withOptional(
                        Map.of("address", openbao.address().toString()), "namespace", openbao.namespace())));
        return facts;
    }

    private static Map<String, Object> withOptional(Map<String, String> whole, String name, Optional<String> value) {
        var facts = new LinkedHashMap<String, Object>(whole);
        value.ifPresent(text -> facts.put(name, text));
        return facts;
    }
}
