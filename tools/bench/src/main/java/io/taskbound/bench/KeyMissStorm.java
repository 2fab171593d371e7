// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.identity.IdToken;
import io.taskbound.identity.Purpose;
import io.taskbound.identity.Rejection;
import io.taskbound.identity.Verification;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A hundred ID tokens at once, each under a key id that nobody published: how often does that make us ask the provider?
 */
final class KeyMissStorm {
    static final int TOKENS = 100;

    private KeyMissStorm() {}

    /** How many times the provider's keys were fetched, after the first fetch that made the cache warm. */
    static int fetches() throws InterruptedException, ExecutionException {
        try (var scene = new Scene()) {
            scene.policy().verifier().verify(IdToken.of(scene.idToken(0)), anyUse(), Scene.NOW);
            int before = scene.provider().keyRequests();
            strike(scene);
            return scene.provider().keyRequests() - before;
        }
    }

    private static void strike(Scene scene) throws InterruptedException, ExecutionException {
        var threads = Executors.newFixedThreadPool(TOKENS);
        var together = new CyclicBarrier(TOKENS);
        var verifications = new ArrayList<Future<Verification>>();
        for (int i = 0; i < TOKENS; i++) {
            var token = underUnknownKey(scene, i);
            verifications.add(threads.submit(() -> {
                together.await();
                return scene.policy().verifier().verify(token, anyUse(), Scene.NOW);
            }));
        }
        for (var verification : verifications) {
            requireNoKey(verification.get());
        }
        threads.shutdown();
    }

    private static IdToken underUnknownKey(Scene scene, int number) {
        var payload = Base64.getUrlDecoder().decode(scene.idToken(number).split("\\.", -1)[1]);
        return IdToken.of(scene.provider().sign("{\"alg\":\"RS256\",\"kid\":\"unknown-" + number + "\"}", payload));
    }

    /** Refused for its key, or told to come back: within 30 s of a fetch it is not known which of the two it is. */
    private static void requireNoKey(Verification verification) {
        boolean refused =
                verification instanceof Verification.Rejected rejected && rejected.reason() == Rejection.UNKNOWN_KEY;
        boolean later = verification instanceof Verification.Unavailable;
        if (!refused && !later) {
            throw new IllegalStateException("not refused for its key: " + verification);
        }
    }

    private static Purpose anyUse() {
        return new Purpose.Exchange(Optional.empty());
    }
}
