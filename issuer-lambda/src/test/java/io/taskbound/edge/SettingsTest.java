// SPDX-License-Identifier: Apache-2.0
package io.taskbound.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final Map<String, String> GOOD = Map.of(
            "TASKBOUND_ISSUER_URL", "https://tokens.acme.example",
            "TASKBOUND_TABLE", "taskbound",
            "TASKBOUND_SIGNING_KEY", "arn:aws:kms:eu-central-1:111122223333:key/k",
            "TASKBOUND_POLICY_FILE", "policy.json");

    @Test
    void readsGoodSettings() {
        assertThat(Settings.read(GOOD).issuerUrl()).isEqualTo("https://tokens.acme.example");
    }

    @Test
    void readsTheHostsThatMayBePrivate() {
        var settings = new HashMap<>(GOOD);
        settings.put("TASKBOUND_PRIVATE_ISSUER_HOSTS", " ci.internal, ,gitlab.internal ");
        assertThat(Settings.read(settings).privateHosts()).containsExactlyInAnyOrder("ci.internal", "gitlab.internal");
        assertThat(Settings.read(GOOD).privateHosts()).isEmpty();
    }

    @Test
    void namesEveryMissingSettingAtOnceWithItsRemedy() {
        assertThatThrownBy(() -> Settings.read(Map.of("TASKBOUND_TABLE", " ")))
                .isInstanceOf(Settings.Unusable.class)
                .message()
                .contains(GOOD.keySet())
                .contains("set it to")
                .hasLineCount(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://tokens.acme.example",
                "tokens.acme.example",
                "https://",
                "https://user@tokens.acme.example",
                "https://tokens.acme.example/",
                "https://tokens.acme.example?x=1",
                "https://tokens.acme.example#x",
                "https://tokens acme"
            })
    void refusesAnIssuerThatCannotBeOne(String url) {
        var settings = new HashMap<>(GOOD);
        settings.put("TASKBOUND_ISSUER_URL", url);
        assertThatThrownBy(() -> Settings.read(settings)).hasMessageContaining("TASKBOUND_ISSUER_URL must be an https");
    }
}
