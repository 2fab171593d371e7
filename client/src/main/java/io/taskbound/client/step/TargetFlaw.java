// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.step;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What looks wrong with a target, as a person would see it: a variable that was empty leaves a hole.
 *
 * @param spoilt no rule should be written for such a target
 */
record TargetFlaw(String sentence, boolean spoilt) {
    private static final String MARK = "@sha256:";
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern END_OF_DIGEST = Pattern.compile("[^0-9A-Za-z]");
    private static final Pattern HOLE = Pattern.compile("[:@=]$|[/:]@");

    /** Empty for a target that looks whole. */
    static Optional<TargetFlaw> of(String identifier) {
        int at = identifier.indexOf(MARK);
        if (at >= 0) {
            String digest = END_OF_DIGEST.split(identifier.substring(at + MARK.length()) + " ", 2)[0];
            if (digest.isEmpty()) {
                return Optional.of(new TargetFlaw(
                        "The digest after @sha256: is empty. Is the variable that should hold it set?", true));
            }
            if (!DIGEST.matcher(digest).matches()) {
                return Optional.of(
                        new TargetFlaw("What follows @sha256: is no digest: that is 64 lower-case hex digits.", true));
            }
        }
        return HOLE.matcher(identifier).find()
                ? Optional.of(new TargetFlaw(
                        "A part of the target is empty. Is the variable that should hold it set?", false))
                : Optional.empty();
    }
}
