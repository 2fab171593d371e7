// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

import java.util.Optional;

/** What a record says, read together with its run's control item and the deny list. */
final class Token {
    private Token() {}

    static boolean isThere(World world) {
        return world.has(Cell.STATE);
    }

    static boolean isActive(World world) {
        return isThere(world) && world.get(Cell.STATE) == Stored.ACTIVE.ordinal();
    }

    static boolean isSpent(World world) {
        return world.has(Cell.LIMITED) && world.get(Cell.LEFT) == 0;
    }

    /** The lease's deadline or the expiry, whichever comes first. */
    static int deadline(World world) {
        return Math.min(world.get(Cell.DEADLINE, Bounds.FOREVER), world.get(Cell.EXPIRES));
    }

    static boolean hasLapsed(World world, int now) {
        return world.has(Cell.LEASE)
                && world.get(Cell.DEADLINE) < world.get(Cell.EXPIRES)
                && now >= world.get(Cell.DEADLINE);
    }

    static boolean inTime(World world, int now) {
        return now < deadline(world);
    }

    /** By its own record. */
    static boolean isAlive(World world, int now) {
        return isActive(world) && !isSpent(world) && inTime(world, now);
    }

    static boolean isDenied(World world, int now) {
        return world.has(Cell.DENY_ENTRY) && now < world.get(Cell.DENY_UNTIL);
    }

    /** By record, control item and deny list, as an omniscient reader sees them. */
    static boolean isAliveForAll(World world, int now) {
        return isAlive(world, now) && closing(world).isEmpty() && !isDenied(world, now);
    }

    /** What the first closing in the control item that covers it closes it for. */
    static Optional<End> closing(World world) {
        int run = since(world, Cell.RUN_CLOSED, Cell.RUN_CLOSED_FIRST, Cell.RUN_CLOSED_PROOFS);
        int job = since(world, Cell.JOB_CLOSED, Cell.JOB_CLOSED_FIRST, Cell.JOB_CLOSED_PROOFS);
        int hook = world.get(Cell.RUN_ENDED, Bounds.FOREVER);
        int first = Math.min(Math.min(run, job), hook);
        if (first == Bounds.FOREVER) {
            return Optional.empty();
        }
        return Optional.of(first == run ? End.RUN : first == job ? End.JOB : End.HOOK);
    }

    private static int since(World world, Cell closed, Cell first, Cell proofs) {
        boolean covered =
                covers(world, closed) || world.has(proofs) && world.get(Cell.PROOF_ISSUED) <= world.get(proofs);
        return covered ? world.get(covers(world, first) ? first : closed) : Bounds.FOREVER;
    }

    /** A token that is not there yet may still come by its proof. */
    private static boolean covers(World world, Cell closed) {
        return world.has(closed)
                && (world.get(Cell.PROOF_ISSUED) <= world.get(closed)
                        || world.get(Cell.ISSUED, Bounds.FOREVER) <= world.get(closed));
    }

    /** The end, written by this actor; the state follows the cause. */
    static World ended(World world, int actor, End cause, int at) {
        return world.with(Cell.STATE, Stored.of(cause).ordinal())
                .with(Cell.CAUSE, cause.ordinal())
                .with(Cell.ENDED_AT, at)
                .with(Cell.CLOSING_MARK, actor)
                .with(Cell.ENDED_BY, actor)
                .counting(Cell.END_WRITES);
    }

    static World outOfIndex(World world) {
        return stale(world).without(Cell.INDEXED).without(Cell.INDEX_DEADLINE);
    }

    static World indexed(World world, int deadline) {
        return stale(world).with(Cell.INDEXED, 1).with(Cell.INDEX_DEADLINE, deadline);
    }

    private static World stale(World world) {
        return world.has(Cell.INDEXED) ? world.with(Cell.STALE_INDEX, world.get(Cell.INDEX_DEADLINE)) : world;
    }
}
