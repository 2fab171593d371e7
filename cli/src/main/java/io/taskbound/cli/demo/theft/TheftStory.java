// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo.theft;

import io.taskbound.cli.demo.Observed;
import io.taskbound.cli.demo.StoryBroken;
import io.taskbound.cli.demo.Transcript;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.client.KeysAnswer;
import io.taskbound.client.receipt.ReceiptVerification;
import io.taskbound.client.receipt.ReceiptVerifier;
import java.io.IOException;
import java.nio.file.Files;

/**
 * A step's command never has its token, and the token is bound to a key that stays in {@code taskbound run}. A thief in
 * the step copies all that he can see, and reads the signer's log besides. What he can do all the same while the step
 * runs is done, too. Each line is printed from what was answered and what issuer and signer saw.
 */
public final class TheftStory {
    private final CommandContext context;

    public TheftStory(CommandContext context) {
        this.context = context;
    }

    /** Plays it all; the exit code. */
    public int play() throws Complaint, StoryBroken {
        context.say(
                "A step under `taskbound run --inject`, with a thief in it: real processes, real HTTP. Nothing leaves"
                        + " this machine.");
        context.say("policy  acme/shop, main may: sign one acme/shop artifact, twice, within 10 min; proof: required");
        context.say("");
        try (var stage = TheftStage.set(context)) {
            var transcript = new Transcript(context);
            new InsideAct(stage, transcript).play();
            new OutsideAct(stage, transcript).play();
            context.say("");
            seen(stage, transcript);
            told(stage, transcript);
            return transcript.end();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoryBroken("it was interrupted");
        }
    }

    private static void seen(TheftStage stage, Transcript transcript) {
        var seen = stage.signer().seen();
        var signed = seen.stream()
                .filter(one -> one.observed().equals(InsideAct.SIGNED))
                .count();
        transcript.act(
                "signer",
                "looks at what it did",
                Observed.did("2 SIGNED"),
                Observed.did(signed + " SIGNED"),
                "of " + seen.size() + " requests: one for the step, and one for the thief while it ran");
    }

    /** Verified with the issuer's published keys, as anybody could. */
    private static void told(TheftStage stage, Transcript transcript) throws StoryBroken {
        if (stage.client().publishedKeys() instanceof KeysAnswer.Published keys
                && ReceiptVerifier.with(keys.jwks()).verify(receipt(stage))
                        instanceof ReceiptVerification.Accepted accepted) {
            var receipt = accepted.receipt();
            transcript.act(
                    "receipt",
                    "signed, of this token",
                    Observed.did("2 USES"),
                    Observed.did(receipt.useCount() + " USES"),
                    "both to sign app.jar; "
                            + receipt.end().map(end -> "ended: " + end.cause()).orElse("still " + receipt.state()));
            return;
        }
        throw new StoryBroken("the receipt is not there, or does not verify");
    }

    private static String receipt(TheftStage stage) throws StoryBroken {
        try {
            return Files.readString(stage.receipt());
        } catch (IOException none) {
            throw new StoryBroken("the step left no receipt");
        }
    }
}
