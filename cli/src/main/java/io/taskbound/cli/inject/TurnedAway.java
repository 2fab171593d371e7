// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

/**
 * A request that is not passed on.
 *
 * @param status of the answer
 * @param text for whoever wrote the command: what is wrong and what to do; repeats nothing of the request
 */
record TurnedAway(int status, String text) {
    static final TurnedAway UNKNOWN = new TurnedAway(
            404,
            "there is nothing here. Send requests to the address in TASKBOUND_URL, with its whole path; it is not an"
                    + " HTTP proxy.");

    static final TurnedAway ENDED = new TurnedAway(503, "the step has ended, and its token with it; nothing was sent.");
}
