// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.cli.terminal.Complaint;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a command line, collected so that it is all said at once. */
final class Faults {
    private final List<String> sentences = new ArrayList<>();

    void add(String sentence) {
        sentences.add(sentence);
    }

    void addUnless(boolean holds, String sentence) {
        if (!holds) {
            add(sentence);
        }
    }

    boolean any() {
        return !sentences.isEmpty();
    }

    void complainIfAny() throws Complaint {
        if (any()) {
            throw Complaint.usage(String.join("\ntaskbound: ", sentences), "See `taskbound run --help`.");
        }
    }
}
