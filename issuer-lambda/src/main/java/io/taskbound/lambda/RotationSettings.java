// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import java.time.Duration;
import java.util.Map;

/**
 * The settings of the function that rotates keys.
 *
 * @param table {@value Settings#TABLE}: as the issuer's
 * @param signer {@value Settings#SIGNER}: as the issuer's
 * @param signingKey {@value Settings#SIGNING_KEY}: as the issuer's
 * @param rotateAfter {@value #ROTATE_AFTER}: days after which the newest key is old; 90 unless set
 * @param publishFor {@value #PUBLISH_FOR}: hours for which a new key is published before it signs; 24 unless set
 * @param by who rotates, as the record of the key names it
 */
record RotationSettings(
        String table, SignerKind signer, String signingKey, Duration rotateAfter, Duration publishFor, String by) {
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
        var days = environment.whole(ROTATE_AFTER, 90);
        // Whole hours are always longer than a new key must be published.
        var hours = environment.whole(PUBLISH_FOR, 24);
        Settings.Unusable.ifAny(environment.faults());
        return new RotationSettings(
                table.orElseThrow(),
                signer.orElseThrow(),
                key.orElseThrow(),
                Duration.ofDays(days),
                Duration.ofHours(hours),
                "function " + environment.value(FUNCTION).orElse("unnamed"));
    }

    String tableName() {
        return table.substring(table.lastIndexOf('/') + 1);
    }
}
