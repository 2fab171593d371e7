// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.token.SigningKeyPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of the function that rotates keys.
 *
 * @param table {@value Settings#TABLE}: as the issuer's
 * @param signer {@value Settings#SIGNER}: as the issuer's
 * @param signingKey {@value Settings#SIGNING_KEY}: as the issuer's
 * @param issuerRole {@value #ISSUER_ROLE}: ARN of the role that signs with the keys
 * @param rotationRole {@value #ROTATION_ROLE}: ARN of this function's own role
 * @param rotateAfter {@value #ROTATE_AFTER}: days after which the newest key is old; 90 unless set
 * @param publishFor {@value #PUBLISH_FOR}: hours for which a new key is published before it signs; 24 unless set
 * @param by who rotates, as the record of the key names it
 */
record RotationSettings(
        String table,
        SignerKind signer,
        String signingKey,
        String issuerRole,
        String rotationRole,
        Duration rotateAfter,
        Duration publishFor,
        String by) {
    static final String ISSUER_ROLE = "TASKBOUND_ISSUER_ROLE";
    static final String ROTATION_ROLE = "TASKBOUND_ROTATION_ROLE";
    static final String ROTATE_AFTER = "TASKBOUND_ROTATE_AFTER_DAYS";
    static final String PUBLISH_FOR = "TASKBOUND_PUBLISH_FOR_HOURS";
    private static final String FUNCTION = "AWS_LAMBDA_FUNCTION_NAME";
    private static final String AS_THE_ISSUER = "set it as the issuer's function has it";

    /** @throws Settings.Unusable naming all faults at once */
    static RotationSettings read(Map<String, String> variables) {
        var environment = new EnvironmentReader(variables);
        var table = environment.required(Settings.TABLE, AS_THE_ISSUER);
        var key = environment.required(Settings.SIGNING_KEY, AS_THE_ISSUER);
        var signer = environment.signer(Settings.SIGNER);
        var issuerRole = role(environment, ISSUER_ROLE, "the role of the issuer's function");
        var rotationRole = role(environment, ROTATION_ROLE, "the role of this function");
        var days = environment.whole(ROTATE_AFTER, 90);
        // Whole hours are always longer than a new key must be published.
        var hours = environment.whole(PUBLISH_FOR, 24);
        Settings.Unusable.ifAny(environment.faults());
        return new RotationSettings(
                table.orElseThrow(),
                signer.orElseThrow(),
                key.orElseThrow(),
                issuerRole.orElseThrow(),
                rotationRole.orElseThrow(),
                Duration.ofDays(days),
                Duration.ofHours(hours),
                "function " + environment.value(FUNCTION).orElse("unnamed"));
    }

    private static Optional<String> role(EnvironmentReader environment, String name, String whose) {
        var role = environment.required(name, "set it to the ARN of " + whose);
        environment.check(name, role, SigningKeyPolicy::isRole, " must be the ARN of an IAM role");
        return role;
    }

    String tableName() {
        return table.substring(table.lastIndexOf('/') + 1);
    }
}
