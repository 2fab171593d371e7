// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.token.KeySchedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

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
    private static final Pattern WHOLE = Pattern.compile("[1-9][0-9]{0,3}");

    static RotationSettings read(Map<String, String> environment) {
        var faults = new ArrayList<String>();
        var table = required(environment, Settings.TABLE, faults);
        var key = required(environment, Settings.SIGNING_KEY, faults);
        var signer = SignerKind.named(value(environment, Settings.SIGNER).orElse(SignerKind.KMS.word()));
        if (signer.isEmpty()) {
            faults.add(Settings.SIGNER + " must be one of " + SignerKind.words() + "; leave it out for kms");
        }
        var days = whole(environment, ROTATE_AFTER, 90, faults);
        var hours = whole(environment, PUBLISH_FOR, 24, faults);
        if (!faults.isEmpty()) {
            throw new Settings.Unusable(faults);
        }
        return new RotationSettings(
                table.orElseThrow(),
                signer.orElseThrow(),
                key.orElseThrow(),
                Duration.ofDays(days),
                Duration.ofHours(hours),
                "function " + value(environment, FUNCTION).orElse("unnamed"));
    }

    RotationSettings {
        if (publishFor.compareTo(KeySchedule.LEAST_PUBLICATION) < 0) {
            throw new IllegalArgumentException("a key is published for longer before it signs");
        }
    }

    String tableName() {
        return table.substring(table.lastIndexOf('/') + 1);
    }

    private static Optional<String> required(Map<String, String> environment, String name, List<String> faults) {
        var value = value(environment, name);
        if (value.isEmpty()) {
            faults.add(name + " is not set: set it as the issuer's function has it");
        }
        return value;
    }

    private static int whole(Map<String, String> environment, String name, int otherwise, List<String> faults) {
        var text = value(environment, name);
        if (text.isPresent() && !WHOLE.matcher(text.get()).matches()) {
            faults.add(name + " must be a whole number from 1 to 9999; leave it out for " + otherwise);
            return otherwise;
        }
        return text.map(Integer::valueOf).orElse(otherwise);
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
