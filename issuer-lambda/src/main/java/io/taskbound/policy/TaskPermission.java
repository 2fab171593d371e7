// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One entry of a task's {@code permissions}: each of these actions on each target that one of the patterns matches.
 *
 * @param pointer where the entry stands in the document
 */
record TaskPermission(
        String pointer, ResourceServer server, SortedSet<String> actions, List<IdentifierPattern> identifiers) {
    TaskPermission {
        actions = Collections.unmodifiableSortedSet(new TreeSet<>(actions));
        identifiers = List.copyOf(identifiers);
    }

    /** Where one of the patterns stands in the document. */
    String pointer(int identifier) {
        return pointer + "/identifiers/" + identifier;
    }
}
