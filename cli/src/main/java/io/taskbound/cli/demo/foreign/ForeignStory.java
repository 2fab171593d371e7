// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo.foreign;

import io.taskbound.cli.demo.StoryBroken;
import io.taskbound.cli.demo.Transcript;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;

/**
 * Steps whose targets do not know our tokens: each gets the target's own credential, can do what its task says and
 * nothing else, and what a thief copies is dead with the step. What cannot be played here is said, and counts for
 * nothing.
 */
public final class ForeignStory {
    private final CommandContext context;

    public ForeignStory(CommandContext context) {
        this.context = context;
    }

    /** Plays it all; the exit code. */
    public int play() throws Complaint, StoryBroken {
        context.say(
                "Real steps under `taskbound run`, a stand-in of GitHub with a real git, MinIO for AWS. Nothing leaves"
                        + " this machine.");
        context.say("policy  acme/shop, main, production may: push to its own repository; move datasets/* of one bucket"
                + " to imports/* of another");
        context.say("");
        try (var stage = ForeignStage.set(context)) {
            var transcript = new Transcript(context);
            var missing = PushAct.missing(context);
            if (missing.isPresent()) {
                context.say("NOT RUN  the push to one repository: " + missing.get());
            } else {
                new PushAct(stage, new Act(stage, transcript)).play();
            }
            if (stage.minio().isEmpty()) {
                context.say("NOT RUN  the move of one dataset: " + stage.withoutMinio());
            } else {
                new MoveAct(stage, stage.minio().get(), new Act(stage, transcript)).play();
            }
            context.say("");
            return transcript.end();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoryBroken("it was interrupted");
        }
    }
}
