// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                .contains("TASKBOUND_ISSUER_URL", "TASKBOUND_TABLE", "TASKBOUND_SIGNING_KEY")
                .contains("set it to")
                .hasLineCount(3);
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

    @ParameterizedTest
    @CsvSource({
        "TASKBOUND_TABLE, a b",
        "TASKBOUND_TABLE, x",
        "TASKBOUND_SIGNING_KEY, 1234abcd-12ab-34cd-56ef-1234567890ab",
        "TASKBOUND_SIGNING_KEY, arn:aws:s3:::bucket",
        "TASKBOUND_POLICY_KEY, alias/policy",
        "TASKBOUND_METRICS, two words",
        "TASKBOUND_SIGNER, KMS",
        "TASKBOUND_SIGNER, local",
        "TASKBOUND_SEALED_KEY_WITH_OFFLINE_SERVERS, true"
    })
    void refusesAValueOfTheWrongFormAndNamesTheVariable(String name, String value) {
        var settings = new HashMap<>(GOOD);
        settings.put(name, value);
        assertThatThrownBy(() -> Settings.read(settings)).hasMessageContaining(name + " must be ");
    }

    @Test
    void signsWithKmsUnlessToldOtherwise() {
        assertThat(Settings.read(GOOD).signer()).isEqualTo(SignerKind.KMS);
        var settings = new HashMap<>(GOOD);
        settings.put("TASKBOUND_SIGNER", "sealed");
        assertThat(Settings.read(settings).signer()).isEqualTo(SignerKind.SEALED);
    }

    @Test
    void aSealedKeyGoesWithServersThatNeverAskOnlyWhenThatIsAccepted() {
        var settings = new HashMap<>(GOOD);
        assertThat(Settings.read(settings).terms().offlineServers()).isTrue();
        settings.put("TASKBOUND_SIGNER", "sealed");
        assertThat(Settings.read(settings).terms().offlineServers()).isFalse();
        settings.put("TASKBOUND_SEALED_KEY_WITH_OFFLINE_SERVERS", "accepted");
        assertThat(Settings.read(settings).terms().offlineServers()).isTrue();
    }

    @Test
    void takesTheTablesPolicyWhereNoFileIsNamed() {
        var settings = new HashMap<>(GOOD);
        settings.remove("TASKBOUND_POLICY_FILE");
        settings.put("TASKBOUND_POLICY_KEY", "arn:aws:kms:eu-central-1:111122223333:key/p");
        assertThat(Settings.read(settings).policyFile()).isEmpty();
        assertThat(Settings.read(settings).policyKey()).contains("arn:aws:kms:eu-central-1:111122223333:key/p");
    }
}
