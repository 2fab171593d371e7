// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;

/**
 * The requests of a {@link Rehearsal}: most of them mints, as in life; in each round a token is used and ended in one
 * of the ways there are, and one request is refused.
 */
final class RehearsalRounds {
    private static final int REFUSALS = 9;
    private final RehearsalScene scene;
    private final StubTable table;
    private int round;
    private int requests;

    RehearsalRounds(RehearsalScene scene, StubTable table) {
        this.scene = scene;
        this.table = table;
    }

    /** How many requests were played. */
    int requests() {
        return requests;
    }

    /** @throws IllegalStateException when an answer is not the one that it should be */
    void play(WarmUp.Handler function) throws IOException, MalformedJson {
        table.forgetRuns();
        int run = round % RehearsalScene.RUNS;
        send(function, 200, scene.mint(next(run, 1)));
        send(function, 200, scene.mintOfTwo(next(run, 2)));
        send(function, 200, scene.mint(next(run, 3)));
        var limited = token(send(function, 200, scene.mint(next(run, 4))));
        send(function, 200, scene.redeem(limited));
        var unlimited = token(send(function, 200, scene.mintToPerform(run)));
        send(function, 200, scene.introspect(unlimited));
        refused(function, limited, unlimited, run);
        if (round % 4 == 0) {
            send(function, 200, scene.renew(limited));
            send(function, 200, scene.closeRun(run));
            send(function, 200, RehearsalEvent.get("/.well-known/jwks.json"));
        } else {
            send(function, 200, scene.close(unlimited));
        }
        round++;
    }

    private static int next(int run, int further) {
        return (run + further) % RehearsalScene.RUNS;
    }

    private void refused(WarmUp.Handler function, String limited, String unlimited, int run)
            throws IOException, MalformedJson {
        switch (round % REFUSALS) {
            case 0 -> send(function, 400, scene.mintOfAnotherOwner());
            case 1 -> send(function, 400, scene.mintByAForgedToken());
            case 2 -> send(function, 400, scene.mintOfUnknownTask());
            case 3 -> send(function, 400, scene.mintByABadForm());
            case 4 -> send(function, 400, scene.mintOfTwo(run)); // the proof was used for another task
            case 5 -> send(function, 401, scene.introspectAsNobody(unlimited));
            case 6 -> send(function, 400, scene.mintOfAForeignTarget());
            case 7 -> inAClosedRun(function, next(run, 5));
            default -> ended(function, limited);
        }
    }

    private void inAClosedRun(WarmUp.Handler function, int run) throws IOException, MalformedJson {
        var token = token(send(function, 200, scene.mint(run)));
        table.closeRunOf(jti(token));
        send(function, 400, scene.mint(run));
        send(function, 200, scene.redeem(token));
    }

    private void ended(WarmUp.Handler function, String token) throws IOException, MalformedJson {
        table.refuseUpdates(true);
        try {
            send(function, 200, scene.redeem(token));
            send(function, 200, scene.close(token));
        } finally {
            table.refuseUpdates(false);
        }
    }

    private static String jti(String token) throws MalformedJson {
        var claims = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
        return StrictJson.parseObject(claims).string("jti").orElseThrow();
    }

    private static String token(JsonObject answer) throws MalformedJson {
        return StrictJson.parseObject(answer.string("body").orElseThrow().getBytes(UTF_8))
                .string("access_token")
                .orElseThrow();
    }

    private JsonObject send(WarmUp.Handler function, long status, RehearsalEvent event)
            throws IOException, MalformedJson {
        requests++;
        var output = new ByteArrayOutputStream();
        function.handle(new ByteArrayInputStream(event.json().getBytes(UTF_8)), output, "rehearsal");
        var answer = StrictJson.parseObject(output.toByteArray());
        if (answer.wholeNumber("statusCode").orElse(0) != status) {
            throw new IllegalStateException("answered " + output.toString(UTF_8) + " to " + event.json());
        }
        return answer;
    }
}
