// SPDX-License-Identifier: Apache-2.0
package io.taskbound.status;

/**
 * Where a token's status is published.
 *
 * @param index from 0
 */
public record StatusEntry(StatusListName list, int index) {
    public StatusEntry {
        if (index < 0 || index >= StatusList.CAPACITY) {
            throw new IllegalArgumentException("not an index of a list");
        }
    }
}
