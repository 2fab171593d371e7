// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import java.util.Random;
import java.util.function.Consumer;

/** One step of CI that was given a token, and how the token ends. */
final class StepLife {
    private static final int BEAT = 20;
    private static final int LEASE = 60;
    private static final int SHORTEST = 8;
    private static final int SPREAD = 70;

    private final LiveIssuer issuer;
    private final Later later;
    private final Random random;

    StepLife(LiveIssuer issuer, Later later, Random random) {
        this.issuer = issuer;
        this.later = later;
        this.random = random;
    }

    /** Asks for a token, which ends as the lot says. */
    void begin() {
        int lot = random.nextInt(100);
        if (lot < 35) {
            signs();
        } else {
            deploys(lot);
        }
    }

    private void signs() {
        minted(issuer.nextRun(), Scene.SIGN, token -> {
            int work = SHORTEST + random.nextInt(20);
            later.in(work, () -> issuer.ask(Asks.redeem(token, Scene.ARTIFACT)));
            later.in(work + 2, () -> issuer.ask(Asks.close(token)));
        });
    }

    private void deploys(int lot) {
        long run = issuer.nextRun();
        minted(run, Scene.DEPLOY, token -> {
            int work = SHORTEST + random.nextInt(SPREAD);
            later.in(3, () -> issuer.ask(Asks.introspect(token, PolicyText.SECRET)));
            boolean dies = lot >= 93;
            for (int beat = BEAT; beat < (dies ? BEAT : work); beat += BEAT) {
                later.in(beat, () -> issuer.ask(Asks.renew(token)));
            }
            if (lot < 85) {
                later.in(work, () -> issuer.ask(Asks.close(token)));
            } else if (lot < 93) {
                // A cancelled run: what comes after it closes all that is left, of the run or of the job.
                var all = lot < 89 ? "run:*" : "*";
                later.in(work, () -> issuer.ask(Asks.close(issuer.idToken(run, "actor", "octocat"), all)));
            } else if (lot < 97) {
                // The runner hung; its last step closes what has lapsed meanwhile.
                later.in(BEAT + LEASE + random.nextInt(LEASE), () -> issuer.ask(Asks.close(token)));
            }
            // The other runners were killed: nobody closes.
        });
    }

    private void minted(long run, String details, Consumer<String> living) {
        var answer = issuer.ask(Asks.mint(issuer.idToken(run, "actor", "octocat"), details));
        if (answer.status() == 200) {
            living.accept(Answered.token(answer));
        }
    }
}
