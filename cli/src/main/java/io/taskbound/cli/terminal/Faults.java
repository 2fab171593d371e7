// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a command line, collected so that it is all said at once. */
public final class Faults {
    private final List<String> sentences = new ArrayList<>();

    public void add(String sentence) {
        sentences.add(sentence);
    }

    public void addUnless(boolean holds, String sentence) {
        if (!holds) {
            add(sentence);
        }
    }

    public boolean any() {
        return !sentences.isEmpty();
    }

    /** @param command whose help says more */
    public void complainIfAny(String command) throws Complaint {
        if (any()) {
            throw Complaint.usage(String.join("\ntaskbound: ", sentences), "See `" + command + " --help`.");
        }
    }
}
