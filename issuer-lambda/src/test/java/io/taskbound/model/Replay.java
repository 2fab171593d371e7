// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.model.Player.Fate;
import io.taskbound.model.Player.Stand;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Plays a trace of the model against the real ledger, step by step, and compares what each step leaves. */
final class Replay {
    private final DynamoDbClient beside;
    private final RealIssuer issuer;
    private final Trace trace;
    private final Map<Integer, Player> players = new HashMap<>();
    private final Map<Integer, Stand> stands = new HashMap<>();
    private String told = "";

    Replay(RealIssuer.House house, Trace trace) {
        // Reads the table past the wire.
        this.beside = house.client();
        this.trace = trace;
        this.issuer = new RealIssuer(house, trace.begin());
    }

    void play() {
        var start = trace.begin();
        told = Story.scene(start);
        if (Token.isThere(start)) {
            issuer.hold();
        }
        var steps = trace.steps();
        var world = start;
        for (int at = 0; at < steps.size(); at++) {
            var step = steps.get(at);
            told += "\n  " + step.actor() + " " + step.kind() + " " + step.request() + " " + step.words();
            play(world, step, steps.subList(at + 1, steps.size()));
            world = step.after();
        }
        assertThat(issuer.endedLines()).as(told + "\n lines").isEqualTo(world.get(Cell.ENDED_LINES, 0));
    }

    private void play(World before, Step step, List<Step> later) {
        if (step.actor() == Step.TIME) {
            return;
        }
        int id = step.actor();
        if (!players.containsKey(id)) {
            start(before, id);
        }
        boolean request = step.request() != Request.NONE;
        if (request) {
            assertThat(stand(id).operation()).as(told).isEqualTo(step.request().operation());
            stands.put(id, players.get(id).goes(fate(step, later)));
            compare(step.after());
        } else if (step.kind() == Step.Kind.DIES && !stand(id).isOver()) {
            stands.put(id, players.get(id).goes(Fate.DIES));
        }
        compareAnswer(step);
    }

    private void start(World before, int id) {
        var verb = Verb.values()[before.get(id, Register.VERB)];
        int began = before.get(Cell.TIME);
        int skew = before.get(id, Register.SKEW);
        var player = new Player();
        players.put(id, player);
        items("R#" + issuer.runKey(), "T#").stream()
                .filter(item -> item.containsKey("q"))
                .forEach(item -> issuer.isInShard(Integer.parseInt(item.get("q").s())));
        if (verb == Verb.LIFT) {
            denial().ifPresent(issuer::knowsDenial);
        }
        stands.put(id, player.starts(() -> issuer.does(verb, id, began, skew)));
    }

    private Stand stand(int id) {
        return stands.getOrDefault(id, new Stand("", Answer.DIED));
    }

    /** The real process tells of an end in the same breath in which it wrote it. */
    private static Fate fate(Step step, List<Step> later) {
        if (step.kind() == Step.Kind.ANSWER_LOST) {
            return Fate.ANSWER_LOST;
        }
        boolean speaks = step.after().get(step.actor(), Register.AT) == Actor.SPEAKS;
        boolean dies = later.stream()
                .filter(next -> next.actor() == step.actor())
                .findFirst()
                .filter(next -> next.kind() == Step.Kind.DIES)
                .isPresent();
        return speaks && dies ? Fate.TAKEN_AND_DIES : Fate.TAKEN;
    }

    private void compareAnswer(Step step) {
        int id = step.actor();
        if (step.after().get(id, Register.AT) == Actor.OVER) {
            var answer = Answer.values()[step.after().get(id, Register.ANSWER)];
            // The client is not told which.
            var expected = answer == Answer.REPEATED ? Answer.GRANTED : answer;
            assertThat(stand(id).isOver()).as(told + "\n over").isTrue();
            assertThat(stand(id).answer()).as(told).isEqualTo(expected);
        }
    }

    private Optional<String> denial() {
        return items("DENY", "E#").stream()
                .filter(item -> item.get("dv").s().equals(issuer.runText()))
                .findFirst()
                .map(item -> item.get("sk").s().substring(2));
    }

    private List<Map<String, AttributeValue>> items(String pk, String prefix) {
        return beside.query(QueryRequest.builder()
                        .tableName(issuer.tableName())
                        .consistentRead(true)
                        .keyConditionExpression("pk = :pk AND begins_with(sk, :sk)")
                        .expressionAttributeValues(
                                Map.of(":pk", AttributeValue.fromS(pk), ":sk", AttributeValue.fromS(prefix)))
                        .build())
                .items();
    }

    /** The token's item says what the model's says. */
    private void compare(World world) {
        var found = items("R#" + issuer.runKey(), "T#");
        assertThat(found).as(told).hasSize(Token.isThere(world) ? 1 : 0);
        if (!found.isEmpty()) {
            assertThat(real(found.get(0), world)).as(told).isEqualTo(modelled(world));
        }
    }

    private static String modelled(World world) {
        return "state " + Stored.values()[world.get(Cell.STATE)] + " cause "
                + (world.has(Cell.CAUSE) ? End.of(world.get(Cell.CAUSE)).name() : "none") + " uses "
                + world.get(Cell.COUNT) + " left " + world.get(Cell.LEFT) + " unsigned " + world.has(Cell.UNSIGNED)
                + " deadline " + world.get(Cell.DEADLINE, -1) + " index " + world.get(Cell.INDEX_DEADLINE, -1);
    }

    private static String real(Map<String, AttributeValue> item, World world) {
        return "state " + state(item.get("s").s()) + " cause "
                + (item.containsKey("cc") ? item.get("cc").s() : "none") + " uses "
                + item.get("n").n() + " left " + item.get("l").l().get(0).n() + " unsigned " + item.containsKey("us")
                + " deadline " + (world.has(Cell.LEASE) ? tick(item, "ld") : -1) + " index "
                + (item.containsKey("q") ? tick(item, "d") : -1);
    }

    private static Stored state(String stored) {
        return switch (stored) {
            case "A" -> Stored.ACTIVE;
            case "C" -> Stored.CLOSED;
            case "R" -> Stored.REVOKED;
            case "L" -> Stored.LAPSED;
            default -> Stored.EXPIRED;
        };
    }

    private static long tick(Map<String, AttributeValue> item, String name) {
        double since = Long.parseLong(item.get(name).n()) - RealIssuer.BEGIN.toEpochMilli();
        return Math.round(since / RealIssuer.TICK.toMillis());
    }
}
