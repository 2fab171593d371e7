// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.client.Vectors;
import io.taskbound.client.internal.JsonObject;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** contract/credential-environment.json, but for the variables of the task token: those are a wrapper's. */
class StepVariablesTest {
    private static final Vectors FILE = Vectors.read("credential-environment.json");

    static Stream<Arguments> cases() {
        return FILE.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void changeTheEnvironmentAsTheVectorSays(Map<String, Object> vector) throws UnusableCredential {
        assertThat(withoutOurs(variables(vector).applied(texts(vector, "given"))))
                .isEqualTo(withoutOurs(texts(vector, "expected")));
    }

    @Test
    void aNameInAnotherCaseIsTheSameOnWindows() throws UnusableCredential {
        var body = "{\"kind\":\"openbao\",\"expires_at\":1,\"refresh\":false,\"credential\":{\"token\":\"hvs.x\"},"
                + "\"address\":\"https://vault.acme.example\"}";
        var openbao = CredentialReader.read(JsonObject.parse(body).orElseThrow(), CredentialKind.OPENBAO);
        var variables = StepVariables.of(openbao, Map.of());
        assertThat(variables.applied(Map.of("vault_token", "old", "Vault_Agent_Addr", "x")))
                .doesNotContainKeys("vault_token", "Vault_Agent_Addr");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void areNeverShown(Map<String, Object> vector) throws UnusableCredential {
        assertThat(variables(vector).toString()).doesNotContain("CANARY");
    }

    private static StepVariables variables(Map<String, Object> vector) throws UnusableCredential {
        var credential = credential(Vectors.object(vector.get("credential")));
        var own = texts(vector, "given");
        if (Boolean.FALSE.equals(vector.get("empty_variables"))) {
            return StepVariables.withoutEmptyOnes(credential, own);
        }
        return Boolean.TRUE.equals(vector.get("served"))
                ? StepVariables.served((AwsCredential) credential, endpoint(), own)
                : StepVariables.of(credential, own);
    }

    private static AwsEndpoint endpoint() {
        var endpoint = FILE.object("endpoint");
        return new AwsEndpoint(
                URI.create((String) endpoint.get("uri")), (String) endpoint.get("authorization_file"), (String)
                        endpoint.get("empty_file"));
    }

    private static Credential credential(Map<String, Object> body) throws UnusableCredential {
        return CredentialReader.read(
                JsonObject.of(body),
                CredentialKind.of((String) body.get("kind")).orElseThrow());
    }

    private static Map<String, String> texts(Map<String, Object> vector, String member) {
        var texts = new HashMap<String, String>();
        Vectors.object(vector.get(member)).forEach((name, value) -> texts.put(name, (String) value));
        return texts;
    }

    private static Map<String, String> withoutOurs(Map<String, String> environment) {
        var others = new HashMap<>(environment);
        others.keySet()
                .removeIf(name -> name.startsWith("TASKBOUND_TOKEN")
                        || name.equals("TASKBOUND_HANDLE")
                        || name.equals("TASKBOUND_HEADER_FILE"));
        return others;
    }
}
