// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.terminal;

/** Why something is changed, in a person's words: one line, recorded with the change and read by whoever asks later. */
public final class Reason {
    private static final int MAX_LENGTH = 500;

    private Reason() {}

    /**
     * The words without blanks around them.
     *
     * @param option that they were typed with
     * @param remedy what to write instead, where they are none
     */
    public static String checked(String option, String typed, String remedy) throws Complaint {
        var words = typed.strip();
        if (words.isEmpty() || words.length() > MAX_LENGTH || words.chars().anyMatch(Character::isISOControl)) {
            throw Complaint.usage(option + " is not one line of 1 to " + MAX_LENGTH + " characters.", remedy);
        }
        return words;
    }
}
