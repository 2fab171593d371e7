// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import io.taskbound.client.CloseOutcome;
import io.taskbound.client.step.ClosedBy;
import io.taskbound.client.step.StepText;
import java.time.Duration;
import java.util.Optional;

/** What ended a token, in the words of the log and of the build's page. */
enum TokenEnd {
    STEP_END("step end", ClosedBy.STEP),
    CANCEL("cancel", ClosedBy.CANCELLED),
    /** The token expired while Jenkins was down. */
    RESTART("restart", ClosedBy.STEP),
    /** The build was not resumed after a crash; perhaps the lease had lapsed before. */
    NEXT_START("next start of Jenkins", ClosedBy.POST) {
        @Override
        boolean isPrompt() {
            return false;
        }
    },
    /** The step did not get to it. */
    RUN_END("run end", ClosedBy.POST) {
        @Override
        String line(CloseOutcome outcome, Optional<Duration> lived) {
            return outcome.match(
                    closed -> "taskbound: closed by run end: " + closed.handle(),
                    dead -> super.line(dead, lived),
                    failed -> super.line(failed, lived));
        }
    };

    private final String words;
    private final ClosedBy by;

    TokenEnd(String words, ClosedBy by) {
        this.words = words;
        this.by = by;
    }

    /** As the build's page and its {@code api/json} say it. */
    String words() {
        return words;
    }

    /** Whether it comes while the token's life is known: nothing happened since that nobody saw. */
    boolean isPrompt() {
        return true;
    }

    /** For the build's log. */
    String line(CloseOutcome outcome, Optional<Duration> lived) {
        return StepText.ended(outcome, by, lived);
    }
}
