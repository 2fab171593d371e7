// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

/**
 * One thing that the function issues with: opened when it is first needed, never before a snapshot.
 *
 * @param <T> what it is when it is open
 */
@FunctionalInterface
interface Component<T> {

    /** Opens it, within seconds. */
    T open() throws NotReady;

    /** Asks, within seconds, whether what {@link #open} gave can be issued with now; /healthz wants to know. */
    default void check(T opened) throws NotReady {}
}
