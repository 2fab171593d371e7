// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

/** What one actor keeps to itself: what it is about, where it is, and what it has read. */
enum Register {
    VERB,
    /** How far the clock of the machine that serves it is ahead, in ticks. */
    SKEW,
    /** The request that it makes next. */
    AT,
    /** The true time at which its request began. */
    BEGAN,
    /** Answers that may still be lost to it. */
    LOSSES,
    SEEN_VERSION,
    SEEN_CLOSED,
    SEEN_STATE,
    SEEN_DEADLINE,
    SEEN_LEFT,
    SEEN_COUNT,
    SEEN_UNSIGNED,
    /** Closed or denied, and told so, before this actor looked. */
    SEEN_TOLD,
    REPEAT,
    /** It should have been refused already. */
    FORBIDDEN,
    CAUSE,
    ANSWER
}
