// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.publish;

import io.taskbound.ledger.PolicyRelease;
import io.taskbound.ledger.PolicyStore;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was published, and what became of each version.
 *
 * @param head the number in force; 0 while there is none
 * @param releases newest first
 * @param everInForce the numbers that the head has named, as the versions themselves tell it
 */
record History(long head, List<PolicyRelease> releases, Set<Long> everInForce) {

    /** What became of a version. */
    enum Standing {
        IN_FORCE("in_force", "in force"),
        REPLACED("replaced", "replaced"),
        GIVEN_UP("given_up", "given up");

        private final String wire;
        private final String words;

        Standing(String wire, String words) {
            this.wire = wire;
            this.words = words;
        }

        /** For programs. */
        String wire() {
            return wire;
        }

        /** For people. */
        String words() {
            return words;
        }
    }

    static History read(PolicyStore store) {
        // The head before the list: whatever it names is in a list that is read later.
        long head = store.head();
        var releases = store.log();
        var byNumber = releases.stream()
                .collect(Collectors.toMap(
                        release -> release.version().number(), Function.identity(), (one, other) -> one));
        var ever = new HashSet<Long>();
        var release = byNumber.get(head);
        while (release != null && ever.add(release.version().number())) {
            release = byNumber.get(release.previous());
        }
        return new History(head, releases, ever);
    }

    Standing standing(PolicyRelease release) {
        long number = release.version().number();
        if (number == head) {
            return Standing.IN_FORCE;
        }
        return everInForce.contains(number) ? Standing.REPLACED : Standing.GIVEN_UP;
    }
}
