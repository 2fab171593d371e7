// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.taskbound.stack.AccessPolicy;
import io.taskbound.stack.AwsCall;
import io.taskbound.stack.Deployment;
import io.taskbound.stack.StackTemplate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what with a key that a rotation made, as IAM reads its policy. */
class SigningKeyPolicyTest {
    private static final Instant MADE = Instant.parse("2026-11-24T10:00:00Z");
    private static final String KEY = "arn:aws:kms:eu-central-1:111122223333:key/made";
    private static final String ISSUER = "arn:aws:iam::111122223333:role/issuer";
    private static final String ROTATION = "arn:aws:iam::111122223333:role/rotation";
    private static final String ACCOUNT = "arn:aws:iam::111122223333:root";

    private static boolean may(String principal, String action, Duration age) {
        var document = StackTemplate.yaml(new SigningKeyPolicy(ISSUER, ROTATION).text(MADE));
        var call = new AwsCall(
                "kms:" + action,
                KEY,
                Map.of(
                        "kms:SigningAlgorithm",
                        List.of("ECDSA_SHA_256"),
                        "aws:CurrentTime",
                        List.of(MADE.plus(age).toString())));
        return AccessPolicy.none().andOfKey(KEY, document, principal).allows(call);
    }

    @Test
    void theIssuerSignsWithIt() {
        assertThat(may(ISSUER, "Sign", Duration.ofDays(90))).isTrue();
        assertThat(may(ISSUER, "GetPublicKey", Duration.ofDays(90))).isTrue();
        assertThat(may(ISSUER, "ScheduleKeyDeletion", Duration.ZERO)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sign", "GetPublicKey", "ScheduleKeyDeletion"})
    void theRotationTriesItWhileItIsNewAndNeverAgain(String action) {
        assertThat(may(ROTATION, action, Duration.ofMinutes(9))).isTrue();
        assertThat(may(ROTATION, action, Duration.ofMinutes(10))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sign", "CreateGrant", "Verify", "Decrypt", "ReplicateKey"})
    void theAccountDoesNotSignAndGivesNobodyTheRightTo(String action) {
        assertThat(may(ACCOUNT, action, Duration.ZERO)).isFalse();
        assertThat(may(ACCOUNT, "PutKeyPolicy", Duration.ZERO)).isTrue();
    }

    /** What the template says of the first key, but for the rotation: that one signs from the first minute on. */
    @Test
    void theDeployedKeyNamesTheSameRights() {
        var stack = StackTemplate.ours()
                .deployed(Map.of("IssuerUrl", "https://tokens.acme.example"))
                .with(Map.of("IssuerRole.Arn", ISSUER, "RotationRole.Arn", ROTATION));
        assertThat(ofOthers(stack.properties("SigningKey").get("KeyPolicy")))
                .isEqualTo(ofOthers(StackTemplate.yaml(new SigningKeyPolicy(ISSUER, ROTATION).text(MADE))));
        assertThat(Deployment.ACCOUNT).isEqualTo("111122223333");
    }

    private static List<Map<String, Object>> ofOthers(Object document) {
        return StackTemplate.list(StackTemplate.map(document).get("Statement")).stream()
                .map(StackTemplate::map)
                .filter(statement -> !statement.get("Principal").toString().contains(ROTATION))
                .map(statement -> {
                    var plain = new java.util.TreeMap<String, Object>(statement);
                    plain.put("Action", StackTemplate.list(statement.get("Action")));
                    return (Map<String, Object>) plain;
                })
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "arn:aws:iam::111122223333:root",
                "arn:aws:iam::111122223333:role/",
                "arn:aws:iam::1:role/x"
            })
    void refusesWhatIsNoRole(String arn) {
        assertThatIllegalArgumentException().isThrownBy(() -> new SigningKeyPolicy(arn, ROTATION));
        assertThatIllegalArgumentException().isThrownBy(() -> new SigningKeyPolicy(ISSUER, arn));
    }
}
