// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.approval;

import java.util.Optional;

/**
 * What a person decides on the text that was shown.
 *
 * @param shown what the person has read
 * @param approves or else denies
 * @param comment for the record; at most {@value #MAX_COMMENT} characters, without line ends and control characters
 */
public record Decision(ShownApproval shown, boolean approves, Optional<String> comment) {
    /** How long a comment may be. */
    public static final int MAX_COMMENT = 200;

    /** Refuses a comment that is not as said above with {@link IllegalArgumentException}. */
    public Decision {
        comment.flatMap(Decision::commentFault).ifPresent(fault -> {
            throw new IllegalArgumentException("comment " + fault);
        });
    }

    /** What is wrong with a comment, as the end of a sentence about it. */
    public static Optional<String> commentFault(String comment) {
        if (comment.isBlank() || comment.codePointCount(0, comment.length()) > MAX_COMMENT) {
            return Optional.of("must be 1 to " + MAX_COMMENT + " characters");
        }
        return PlainText.isLine(comment)
                ? Optional.empty()
                : Optional.of("must be one line without control characters");
    }

    /** The word of the wire. */
    public String wire() {
        return approves ? "approve" : "deny";
    }
}
