// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where one run of the step is. A state never changes; another one takes its place. So whenever Jenkins saves the
 * program of the build, it saves a state that a restart can start from.
 */
sealed interface StepState extends Serializable {
    /**
     * No token is held yet. A restart fails the step; a token that was granted just then is closed at the end of the
     * build.
     */
    record Asking() implements StepState {}

    /** People have yet to approve what was asked for. A restart continues the wait. */
    record Waiting(StoredWait kept) implements StepState {}

    /** A token is held, and its block has not begun: a restart fails the step. */
    record Starting(Holding held) implements StepState {}

    /** The block runs. A restart continues it. */
    record Running(Holding held) implements StepState {}

    /** The step was aborted, or its token is closed. A token that is granted from now on is closed at once. */
    record Over() implements StepState {}

    /**
     * What a block holds.
     *
     * @param folders on the agent that contain a token file, the newest last
     */
    record Holding(StoredToken token, BlockEnvironment environment, List<String> folders) implements Serializable {}

    /** The state after its block began. */
    default StepState begun() {
        return match(
                asking -> this,
                waiting -> this,
                starting -> new Running(starting.held()),
                running -> this,
                over -> this);
    }

    default Optional<Holding> holding() {
        return match(
                asking -> Optional.empty(),
                waiting -> Optional.empty(),
                starting -> Optional.of(starting.held()),
                running -> Optional.of(running.held()),
                over -> Optional.empty());
    }

    /** One function for each state. */
    default <T> T match(
            Function<Asking, T> asking,
            Function<Waiting, T> waiting,
            Function<Starting, T> starting,
            Function<Running, T> running,
            Function<Over, T> over) {
        if (this instanceof Asking it) {
            return asking.apply(it);
        }
        if (this instanceof Waiting it) {
            return waiting.apply(it);
        }
        if (this instanceof Starting it) {
            return starting.apply(it);
        }
        return this instanceof Running it ? running.apply(it) : over.apply((Over) this);
    }
}
