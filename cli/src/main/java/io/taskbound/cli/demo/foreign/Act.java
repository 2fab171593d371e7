// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo.foreign;

import io.taskbound.cli.demo.Observed;
import io.taskbound.cli.demo.StoryBroken;
import io.taskbound.cli.demo.Transcript;
import io.taskbound.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** What the acts of this story have in common. */
final class Act {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration GLANCE = Duration.ofMillis(100);
    /** After the lease: the sweep comes every half second, and the machine may be busy. */
    private static final Duration LATE = Duration.ofSeconds(20);

    private final ForeignStage stage;
    private final Transcript transcript;

    Act(ForeignStage stage, Transcript transcript) {
        this.stage = stage;
        this.transcript = transcript;
    }

    Transcript transcript() {
        return transcript;
    }

    /** What the issuer said of the last credential of this kind. */
    void delivered(String kind) throws StoryBroken, InterruptedException {
        Predicate<JsonObject> line = said -> said.string("event").equals(Optional.of("credential"))
                && said.string("credential_kind").equals(Optional.of(kind));
        if (!stage.audit().await(line, PATIENCE)) {
            throw new StoryBroken("the issuer delivered no credential");
        }
        var last = stage.audit().last("credential").orElseThrow();
        var granted = last.string("result").equals(Optional.of("delivered"));
        transcript.answer(
                Observed.granted(),
                granted
                        ? Observed.granted()
                        : Observed.refused(last.string("reason").orElse("?")),
                "handle " + last.string("jti").map(Act::shortened).orElse("?") + "  " + kind + ", dead by itself at "
                        + last.string("alive_until").orElse("?"));
    }

    /** Its first part is the run's, which all tokens here share. */
    private static String shortened(String jti) {
        int own = jti.indexOf('.') + 1;
        return jti.substring(own, Math.min(jti.length(), own + 6)) + "…";
    }

    /** Waits for a heartbeat of the last token that got a credential. */
    void heartbeat() throws StoryBroken, InterruptedException {
        var handle = stage.audit().last("credential").flatMap(line -> line.string("jti"));
        if (!stage.audit()
                .await(
                        line -> line.string("event").equals(Optional.of("renew"))
                                && line.string("jti").equals(handle),
                        PATIENCE)) {
            throw new StoryBroken("the step's heartbeat did not come");
        }
    }

    /** A look at whether something still works. */
    @FunctionalInterface
    interface Look {
        boolean works() throws StoryBroken, InterruptedException;
    }

    /** Waits until it works no more; how long that took since the kill. */
    void diesAfterTheKill(String what, long killedNanos, Look look) throws StoryBroken, InterruptedException {
        long end = System.nanoTime() + LATE.toNanos();
        boolean works = look.works();
        while (works && System.nanoTime() < end) {
            Thread.sleep(GLANCE.toMillis());
            works = look.works();
        }
        var took = Duration.ofNanos(System.nanoTime() - killedNanos);
        transcript.act(
                "thief",
                what,
                Observed.refused("dead"),
                works ? Observed.did("WORKS") : Observed.refused("dead"),
                works ? "" : "dead " + took.toMillis() / 1000.0 + " s after the kill; the lease is 3 s");
    }
}
