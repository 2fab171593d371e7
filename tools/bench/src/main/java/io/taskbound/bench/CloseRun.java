// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.http.IssuerEdge;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.local.EmbeddedDynamo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Closes a run with very many live tokens, and one with a single token: how long the answer takes, and whether any of
 * the tokens is active after it.
 */
public final class CloseRun {
    private static final int TOKENS = 5_000;
    private static final double MAX_SECONDS = 2;

    private final Scene scene;
    private final IssuerEdge edge;

    private CloseRun(Scene scene, IssuerEdge edge) {
        this.scene = scene;
        this.edge = edge;
    }

    public static void main(String[] arguments) {
        int tokens = arguments.length == 0 ? TOKENS : Integer.parseInt(arguments[0]);
        try (var dynamo = EmbeddedDynamo.inMemory();
                var scene = new Scene()) {
            LedgerTable.create(dynamo.client(), "taskbound");
            var ledger = new DynamoLedger(new DynamoTable(dynamo.client(), "taskbound"), Stage.RETENTION);
            var closing = new CloseRun(scene, scene.edge(ledger));
            // A run of its own each time: a run once closed takes no more tokens of these ID tokens.
            double one = closing.measure("1", 1, 0);
            System.exit(closing.measure("many", tokens, 1) <= MAX_SECONDS && one <= MAX_SECONDS ? 0 : 1);
        }
    }

    private double measure(String run, int tokens, int firstNumber) {
        var minted = new ArrayList<String>();
        for (int number = 0; number < tokens; number++) {
            minted.add(Answered.token(edge.handle(scene.mintRequest(run, firstNumber + number, Scene.DEPLOY))));
        }
        long began = System.nanoTime();
        Answered.yes(edge.handle(Asks.close(scene.idToken(run, firstNumber), "run:*")));
        double seconds = (System.nanoTime() - began) / 1e9;
        long active = active(minted);
        System.out.printf(
                Locale.ROOT,
                "a run of %,d tokens: closed in %.3f s, %d active after the answer%n",
                tokens,
                seconds,
                active);
        if (active > 0) {
            throw new IllegalStateException("tokens outlived the closing of their run");
        }
        return seconds;
    }

    private long active(List<String> tokens) {
        return tokens.stream()
                .map(token ->
                        new String(edge.handle(scene.introspectRequest(token)).body(), UTF_8))
                .filter(answer -> !answer.equals("{\"active\":false}"))
                .count();
    }
}
