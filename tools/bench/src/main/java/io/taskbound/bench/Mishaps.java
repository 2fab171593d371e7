// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.local.Trouble;

/** What goes wrong while the traffic runs, each at its share of the whole time. */
final class Mishaps {
    private static final int GUESSES = 12;

    private final LiveIssuer issuer;
    private final Later later;
    private final int seconds;

    Mishaps(LiveIssuer issuer, Later later, int seconds) {
        this.issuer = issuer;
        this.later = later;
        this.seconds = seconds;
    }

    void plan() {
        // Keys are kept fresh for 10 min; the provider is away when they are to be fetched again.
        at(0.38, () -> issuer.provider().trouble(Trouble.ERROR));
        at(0.52, () -> issuer.provider().trouble(Trouble.NONE));
        at(0.64, () -> issuer.loseLedger(true));
        at(0.67, () -> issuer.loseLedger(false));
        at(0.76, () -> issuer.provider().rotateKey(true));
        at(0.84, this::guessASecret);
        at(0.985, () -> issuer.ask(Asks.redeem(issuer.tokenOfAThief(), Scene.ARTIFACT)));
    }

    private void at(double share, Runnable what) {
        later.in((int) (share * seconds), what);
    }

    private void guessASecret() {
        for (int i = 0; i < GUESSES; i++) {
            issuer.ask(Asks.introspect("no token", PolicyText.SECRET.replace('0', (char) ('a' + i))));
        }
    }
}
