// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.policy.Grant;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How often a token was used, and how often it may be.
 *
 * @param max uses of each object of authorization_details; empty is unlimited
 * @param left one number per object, in their order; empty when unlimited
 * @param remembered by use key
 * @param count all uses, including those that are no longer remembered one by one
 */
public record Uses(OptionalInt max, List<Integer> left, Map<String, RecordedUse> remembered, long count) {
    /** Of an unlimited token, this many uses are remembered one by one. */
    public static final int MAX_REMEMBERED = 100;

    public Uses {
        left = List.copyOf(left);
        remembered = Collections.unmodifiableMap(new LinkedHashMap<>(remembered));
        if (max.isEmpty()) {
            require(left.isEmpty(), "left must be empty when max is");
        } else {
            requireWithin(max.getAsInt(), left);
        }
    }

    private static void requireWithin(int max, List<Integer> left) {
        require(max >= 1 && max <= Grant.MAX_USES, "max must be 1 to " + Grant.MAX_USES);
        require(!left.isEmpty(), "left must have a number for each object");
        require(left.stream().allMatch(uses -> uses >= 0 && uses <= max), "left must be 0 to max");
    }

    /** Of a new token with so many objects. */
    public static Uses none(OptionalInt max, int objects) {
        List<Integer> left = max.isPresent() ? Collections.nCopies(objects, max.getAsInt()) : List.of();
        return new Uses(max, left, Map.of(), 0);
    }

    /** Whether no object has a use left. */
    boolean isSpent() {
        return max.isPresent() && left.stream().allMatch(uses -> uses == 0);
    }

    /** Whether one use of this object is all that is left of the token. */
    boolean hasOneLeftOf(int object) {
        return max.isPresent()
                && object < left.size()
                && left.get(object) == 1
                && sumLeft().orElseThrow() == 1;
    }

    /** When it was used last, as far as that is remembered. */
    Optional<Instant> lastUse() {
        return remembered.values().stream().map(RecordedUse::at).max(Comparator.naturalOrder());
    }

    /** Uses left of all objects together; empty when unlimited. */
    public OptionalLong sumLeft() {
        return max.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(left.stream().mapToLong(Integer::longValue).sum());
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
