// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.ledger.ModelWorld.Client;
import io.taskbound.ledger.ModelWorld.Row;
import io.taskbound.ledger.ModelWorld.Seen;
import io.taskbound.ledger.ModelWorld.Verb;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The ledger's algorithms, request by request, and a search through every order in which three clients' requests can
 * reach the table: answers get lost and requests are repeated, clients die, time passes. It mirrors
 * {@link DynamoLedger} and {@link Redeeming}; the flaws show that the search would find a mistake.
 */
final class LedgerModel {
    /** A mistake that the real algorithm must not make. */
    enum Flaw {
        NONE,
        CONTROL_NOT_LOOKED_AT,
        CONTROL_WRITTEN_AFTER_ANSWER,
        PUT_REPEATED_BLINDLY,
        USE_KEY_UNCHECKED,
        EXPIRY_LEFT_TO_TTL,
        LAPSED_LEASE_RENEWED,
        VERSION_BEFORE_ENTRY
    }

    private final Flaw flaw;
    private final Set<ModelWorld> visited = new HashSet<>();
    private final Set<String> violations = new HashSet<>();

    LedgerModel(Flaw flaw) {
        this.flaw = flaw;
    }

    /** Goes everywhere from here; returns what went wrong anywhere. */
    Set<String> explore(ModelWorld start) {
        var open = new ArrayList<ModelWorld>(List.of(start));
        while (!open.isEmpty()) {
            var world = open.remove(open.size() - 1);
            if (visited.add(world)) {
                checkEnd(world);
                open.addAll(successors(world));
            }
        }
        return violations;
    }

    int worlds() {
        return visited.size();
    }

    private List<ModelWorld> successors(ModelWorld world) {
        var next = new ArrayList<ModelWorld>();
        for (var client : world.clients()) {
            if (client.next() == Client.DONE) {
                continue;
            }
            var after = step(world, client);
            next.add(after);
            if (client.verb() != Verb.EXPIRE) {
                next.add(world.with(client.dead()));
            }
            if (client.mayLose() && client.verb() != Verb.EXPIRE) {
                next.add(answerLost(world, after, client));
            }
        }
        return next;
    }

    /** The table is as after the request, but the client asks the same again, and nothing was acknowledged. */
    private static ModelWorld answerLost(ModelWorld before, ModelWorld after, Client client) {
        return new ModelWorld(
                        after.row(),
                        after.runClosed(),
                        after.deny(),
                        after.now(),
                        before.held(),
                        before.closeAcknowledged(),
                        before.denyAcknowledged(),
                        after.clients())
                .with(client.hearingNothing());
    }

    private ModelWorld step(ModelWorld world, Client client) {
        return switch (client.verb()) {
            case MINT -> mint(world, client);
            case CLOSE -> close(world, client);
            case CLOSE_ALL -> closeAll(world, client);
            case CLOSE_ALL_IN_HASTE -> closeInHaste(world, client);
            case RENEW -> renew(world, client);
            case REDEEM, RETRY -> redeem(world, client);
            case LOOK -> look(world, client);
            case DENY -> deny(world, client);
            case EXPIRE -> expire(world, client);
        };
    }

    /** Put if absent; read the control item and the deny list; close the own record when shut. */
    private ModelWorld mint(ModelWorld world, Client client) {
        return switch (client.next()) {
            case 0 -> put(world, client, 1);
            case 1 -> readControl(world, client, 2);
            case 2 ->
                client.seen().version() == world.deny().knownVersion()
                        ? decide(world, client, world.deny().knownEntry())
                        : decide(
                                world.deny(world.deny().readAs(client.seen().version())),
                                client,
                                world.deny().entry());
            default -> closeOwn(world, client);
        };
    }

    private ModelWorld decide(ModelWorld world, Client client, boolean denied) {
        return denied || client.seen().shut() ? world.with(client.at(3)) : granted(world, client);
    }

    private ModelWorld put(ModelWorld world, Client client, int next) {
        if (world.row().isEmpty()) {
            return world.row(Row.fresh(client.id())).with(client.at(next));
        }
        boolean own = world.row().get().writtenBy() == client.id() && flaw != Flaw.PUT_REPEATED_BLINDLY;
        return own ? world.with(client.at(next)) : world.with(client.answered("replay"));
    }

    private static ModelWorld readControl(ModelWorld world, Client client, int next) {
        var seen = new Seen(false, world.runClosed(), world.deny().version(), false);
        return world.with(client.at(next).seeing(seen));
    }

    private static ModelWorld closeOwn(ModelWorld world, Client client) {
        return world.row(world.row().orElseThrow().closed()).with(client.answered("shut"));
    }

    private ModelWorld granted(ModelWorld world, Client client) {
        require(!world.held(), "I2: one proof gave two tokens");
        return world.holding().with(client.answered("granted"));
    }

    private static ModelWorld close(ModelWorld world, Client client) {
        if (!world.held()) {
            return world.with(client.answered("unknown"));
        }
        return world.row(world.row().orElseThrow().closed())
                .acknowledgingClose()
                .with(client.answered("closed"));
    }

    /** Control item; query; close what was active. */
    private static ModelWorld closeAll(ModelWorld world, Client client) {
        return switch (client.next()) {
            case 0 -> world.closingRun().with(client.at(1));
            case 1 ->
                world.row().filter(Row::active).isPresent()
                        ? world.with(client.at(2))
                        : world.acknowledgingClose().with(client.answered("closed"));
            case 2 ->
                world.row(world.row().orElseThrow().closed())
                        .acknowledgingClose()
                        .with(client.answered("closed"));
            default -> throw new IllegalStateException();
        };
    }

    private ModelWorld closeInHaste(ModelWorld world, Client client) {
        boolean answersFirst = flaw == Flaw.CONTROL_WRITTEN_AFTER_ANSWER;
        if (client.next() == 0) {
            return answersFirst
                    ? world.acknowledgingClose().with(client.at(1))
                    : world.closingRun().acknowledgingClose().with(client.answered("closed"));
        }
        return world.closingRun().with(client.answered("closed"));
    }

    /** A look at token and control, then the write, which knows only the token. */
    private ModelWorld renew(ModelWorld world, Client client) {
        if (client.next() == 0) {
            return lookFirst(world, client);
        }
        boolean revives = flaw == Flaw.LAPSED_LEASE_RENEWED && world.now() < ModelWorld.EXPIRY;
        var renewable = world.row()
                .filter(row -> row.active() && row.left() > 0)
                .filter(row -> row.inTime(world.now()) || revives);
        if (renewable.isEmpty()) {
            return world.with(client.answered("dead"));
        }
        require(!client.seen().acknowledged(), "I3: renewed after a close");
        require(renewable.get().inTime(world.now()), "I4: a lapsed lease came back");
        return world.row(renewable.get().renewedAt(world.now())).with(client.answered("renewed"));
    }

    /** What was acknowledged before the look must be heeded; what comes after it is a request beside this one. */
    private ModelWorld lookFirst(ModelWorld world, Client client) {
        boolean shut = world.runClosed() && flaw != Flaw.CONTROL_NOT_LOOKED_AT;
        if (!world.held() || shut) {
            return world.with(client.answered("dead"));
        }
        return world.with(client.at(1).seeing(new Seen(true, false, 0, world.closeAcknowledged())));
    }

    private ModelWorld redeem(ModelWorld world, Client client) {
        if (client.next() == 0) {
            return lookFirst(world, client);
        }
        var row = world.row().orElseThrow();
        boolean known = row.uses().containsKey(client.key()) && flaw != Flaw.USE_KEY_UNCHECKED;
        if (row.active() && row.inTime(world.now()) && row.left() > 0 && !known) {
            require(!client.seen().acknowledged(), "I3: used after a close");
            var uses = new HashMap<>(row.uses());
            uses.put(client.key(), client.id());
            var used = new Row(row.writtenBy(), true, row.left() - 1, row.deadline(), uses);
            return world.row(used).with(client.answered("first"));
        }
        if (!row.active() || !row.inTime(world.now()) || !row.uses().containsKey(client.key())) {
            return world.with(client.answered("refused"));
        }
        require(!client.seen().acknowledged(), "I3: repeated after a close");
        return world.with(client.answered(row.uses().get(client.key()) == client.id() ? "first" : "repeat"));
    }

    /** Token, control and version at once; the entries only when the version is not the known one. */
    private ModelWorld look(ModelWorld world, Client client) {
        if (client.next() == 1) {
            var read = world.deny(world.deny().readAs(client.seen().version()));
            return answeredLook(
                    read, client, client.seen().alive() && !world.deny().entry());
        }
        boolean shut = world.runClosed() && flaw != Flaw.CONTROL_NOT_LOOKED_AT;
        boolean alive = world.held()
                && !shut
                && world.row()
                        .filter(row -> flaw == Flaw.EXPIRY_LEFT_TO_TTL
                                ? row.active() && row.left() > 0
                                : row.alive(world.now()))
                        .isPresent();
        require(!alive || (world.now() < ModelWorld.EXPIRY && world.aliveAndHeld()), "I4: active after its end");
        boolean acknowledged = world.closeAcknowledged() || world.denyAcknowledged();
        var seen = client.seeing(new Seen(alive, false, world.deny().version(), acknowledged));
        return world.deny().version() == world.deny().knownVersion()
                ? answeredLook(world, seen, alive && !world.deny().knownEntry())
                : world.with(seen.at(1));
    }

    private ModelWorld answeredLook(ModelWorld world, Client client, boolean alive) {
        require(!(alive && client.seen().acknowledged()), "I3: active after an acknowledged close or deny");
        return world.with(client.answered(alive ? "active" : "inactive"));
    }

    private ModelWorld deny(ModelWorld world, Client client) {
        boolean versionFirst = flaw == Flaw.VERSION_BEFORE_ENTRY;
        boolean writes = (client.next() == 0) != versionFirst;
        var after = world.deny(writes ? world.deny().written() : world.deny().moved());
        return client.next() == 0
                ? after.with(client.at(1))
                : after.acknowledgingDeny().with(client.answered("denied"));
    }

    private static ModelWorld expire(ModelWorld world, Client client) {
        var later = world.tick();
        return later.with(later.now() == ModelWorld.EXPIRY ? client.answered("expired") : client.at(1));
    }

    private void checkEnd(ModelWorld world) {
        long counted = world.row().map(row -> (long) row.uses().size()).orElse(0L);
        int left = world.row().map(Row::left).orElse(ModelWorld.USES);
        require(counted + left == ModelWorld.USES, "a use was counted twice, or never");
        require(!(world.closeAcknowledged() && world.aliveAndHeld()), "I3: alive after an acknowledged close");
        boolean orphaned = world.clients().stream()
                .anyMatch(
                        client -> client.verb() == Verb.MINT && client.answer().isEmpty());
        boolean unused = world.row().isPresent()
                && !world.held()
                && world.row().get().active()
                && world.clients().stream().allMatch(client -> client.next() == Client.DONE);
        require(!unused || orphaned, "a proof was used up and its token given to nobody");
    }

    private void require(boolean holds, String violation) {
        if (!holds) {
            violations.add(violation);
        }
    }
}
