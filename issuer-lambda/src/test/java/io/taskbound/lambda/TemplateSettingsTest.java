// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.http.TestIssuer;
import io.taskbound.stack.Deployment;
import io.taskbound.stack.KeysOfKms;
import io.taskbound.stack.StackTemplate;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The template sets what the functions read: no setting is missing, and none is set that nobody reads. */
class TemplateSettingsTest {
    private static Deployment stack(String signer) {
        return StackTemplate.ours()
                .deployed(Map.of("IssuerUrl", TestIssuer.ISSUER, "Signer", signer))
                .with(Map.of(
                        "IssuerRole.Arn", "arn:aws:iam::111122223333:role/issuer",
                        "RotationRole.Arn", "arn:aws:iam::111122223333:role/rotation",
                        "SigningKey.Arn", KeysOfKms.ARN + "signing",
                        "SealingKey.Arn", KeysOfKms.ARN + "sealing",
                        "SecretsKey.Arn", KeysOfKms.ARN + "secrets",
                        "PolicyKey.Arn", KeysOfKms.ARN + "policy"));
    }

    /** The names of ours that a reader of an environment asks for. */
    private static Set<String> asked(Map<String, String> environment, Consumer<Map<String, String>> reader) {
        var asked = new HashSet<String>();
        reader.accept(new AbstractMap<>() {
            @Override
            public Set<Entry<String, String>> entrySet() {
                return environment.entrySet();
            }

            @Override
            public String get(Object name) {
                asked.add(name.toString());
                return Optional.ofNullable(environment.get(name)).orElse("");
            }

            @Override
            public String getOrDefault(Object name, String otherwise) {
                asked.add(name.toString());
                return environment.getOrDefault(name, otherwise);
            }
        });
        asked.removeIf(name -> !name.startsWith("TASKBOUND_"));
        return asked;
    }

    @ParameterizedTest
    @ValueSource(strings = {"kms", "sealed"})
    void theIssuersSettingsAreThoseThatItReads(String signer) {
        var settings = TemplateSettings.of(stack(signer), "IssuerFunction");
        assertThat(asked(settings, Settings::read)).isEqualTo(settings.keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"kms", "sealed"})
    void theRotationsSettingsAreThoseThatItReads(String signer) {
        var settings = TemplateSettings.of(stack(signer), "RotationFunction");
        assertThat(asked(settings, RotationSettings::read)).isEqualTo(settings.keySet());
    }

    @Test
    void theSweepersSettingsAreThoseThatItReads() {
        var settings = TemplateSettings.of(stack("kms"), "SweepFunction");
        assertThat(asked(settings, SweepSettings::read)).isEqualTo(settings.keySet());
    }

    @Test
    void theSettingsOfTheFunctionThatPublishesEventsAreThoseThatItReads() {
        var settings = new HashMap<>(TemplateSettings.of(
                StackTemplate.ours().deployed(Map.of("IssuerUrl", TestIssuer.ISSUER, "EventBusName", "default")),
                "EventsFunction"));
        assertThat(settings).containsEntry("TASKBOUND_EVENTS_ENDPOINT", "https://events.eu-central-1.amazonaws.com");
        var ours = Set.copyOf(settings.keySet());
        // Lambda sets it.
        settings.put("AWS_REGION", "eu-central-1");
        assertThat(asked(settings, EventsSettings::read)).isEqualTo(ours);
    }

    @Test
    void bothFunctionsTalkOfTheSameTableAndKey() {
        var issuer = Settings.read(TemplateSettings.of(stack("sealed"), "IssuerFunction"));
        var rotation = RotationSettings.read(TemplateSettings.of(stack("sealed"), "RotationFunction"));
        assertThat(rotation.table()).isEqualTo(issuer.table());
        assertThat(rotation.signer()).isEqualTo(issuer.signer());
        assertThat(rotation.signingKey()).isEqualTo(issuer.signingKey());
        assertThat(issuer.metrics()).contains("taskbound");
    }

    @Test
    void theHandlersAreThereThatTheTemplateNames() throws ClassNotFoundException {
        for (var function : new String[] {"IssuerFunction", "RotationFunction", "SweepFunction", "EventsFunction"}) {
            var handler = stack("kms").properties(function).get("Handler").toString();
            assertThat(Class.forName(handler)).isNotNull();
        }
    }
}
