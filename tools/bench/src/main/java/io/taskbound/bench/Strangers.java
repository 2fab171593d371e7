// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.http.HttpResponse;
import java.util.Map;
import java.util.Random;

/** Those who are to be refused: forks, copies of tokens and of proofs, and requests that are simply wrong. */
final class Strangers {
    private final LiveIssuer issuer;
    private final Random random;

    Strangers(LiveIssuer issuer, Random random) {
        this.issuer = issuer;
        this.random = random;
    }

    void come() {
        int lot = random.nextInt(100);
        if (lot < 40) {
            fork();
        } else if (lot < 60) {
            replay();
        } else if (lot < 70) {
            issuer.ask(Scene.post("/token", Map.of("grant_type", "client_credentials"), Map.of()));
        } else if (lot < 80) {
            var form = Asks.mintForm(issuer.idToken(issuer.nextRun(), "actor", "octocat"), Scene.SIGN);
            form.put("resource", "https://deploy.acme.example");
            issuer.ask(Scene.post("/token", form, Map.of()));
        } else if (lot < 90) {
            takesATokenElsewhere();
        } else {
            useADeadToken();
        }
    }

    private void fork() {
        issuer.ask(Asks.mint(issuer.idToken(issuer.nextRun(), "repository_id", "6666"), Scene.SIGN));
    }

    private void replay() {
        var idToken = issuer.idToken(issuer.nextRun(), "actor", "octocat");
        var first = issuer.ask(Asks.mint(idToken, Scene.DEPLOY));
        issuer.ask(Asks.mint(idToken, Scene.DEPLOY));
        closeIfGranted(first);
    }

    private void takesATokenElsewhere() {
        var minted = issuer.ask(Asks.mint(issuer.idToken(issuer.nextRun(), "actor", "octocat"), Scene.SIGN));
        if (minted.status() == 200) {
            issuer.ask(Asks.redeem(Answered.token(minted), Scene.ARTIFACT.replace("app.jar", "evil.jar")));
        }
        closeIfGranted(minted);
    }

    private void useADeadToken() {
        var minted = issuer.ask(Asks.mint(issuer.idToken(issuer.nextRun(), "actor", "octocat"), Scene.DEPLOY));
        closeIfGranted(minted);
        if (minted.status() == 200) {
            issuer.ask(Asks.renew(Answered.token(minted)));
            issuer.ask(Asks.introspect(Answered.token(minted), PolicyText.SECRET));
        }
    }

    private void closeIfGranted(HttpResponse minted) {
        if (minted.status() == 200) {
            issuer.ask(Asks.close(Answered.token(minted)));
        }
    }
}
