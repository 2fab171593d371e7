// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

import io.taskbound.model.Player.Fate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Plays two verbs of the real issuer in every order in which their requests can reach the ledger, one order for each
 * call of {@link #play}. With mishaps, the answer to one write of the first may be lost besides, or it may die before
 * one of its writes or after it.
 */
final class Orders {
    /** What happens next: which of the two goes, and what becomes of its request. */
    private record Turn(int player, Fate fate) {}

    private final boolean mishaps;
    private final List<Integer> choices = new ArrayList<>();
    private final List<Integer> open = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private int played;

    Orders(boolean mishaps) {
        this.mishaps = mishaps;
    }

    /** The next order, from beginning to end: what the two were answered. */
    List<Answer> play(Supplier<Answer> first, Supplier<Answer> second) {
        played++;
        open.clear();
        told.clear();
        var players = List.of(new Player(), new Player());
        var stands = new ArrayList<>(
                List.of(players.get(0).starts(first), players.get(1).starts(second)));
        boolean smooth = true;
        while (stands.stream().anyMatch(stand -> !stand.isOver())) {
            var turn = choose(turns(stands, smooth));
            smooth &= turn.fate() == Fate.TAKEN;
            told.add(turn.player() + " " + stands.get(turn.player()).operation() + " " + turn.fate());
            stands.set(turn.player(), players.get(turn.player()).goes(turn.fate()));
        }
        return new ArrayList<>(stands.stream().map(Player.Stand::answer).toList());
    }

    private List<Turn> turns(List<Player.Stand> stands, boolean smooth) {
        var turns = new ArrayList<Turn>();
        for (int i = 0; i < stands.size(); i++) {
            var stand = stands.get(i);
            if (stand.isOver()) {
                continue;
            }
            turns.add(new Turn(i, Fate.TAKEN));
            // Of the first alone: the second has the same requests, and comes in each order too.
            if (mishaps && smooth && i == 0 && stand.operation().matches("(Put|Update)Item")) {
                turns.add(new Turn(i, Fate.ANSWER_LOST));
                turns.add(new Turn(i, Fate.TAKEN_AND_DIES));
                turns.add(new Turn(i, Fate.DIES));
            }
        }
        return turns;
    }

    private Turn choose(List<Turn> turns) {
        int at = open.size();
        open.add(turns.size());
        if (at == choices.size()) {
            choices.add(0);
        }
        return turns.get(choices.get(at));
    }

    /** Whether there is another order; the next call plays it. */
    boolean hasNext() {
        while (!choices.isEmpty()) {
            int last = choices.size() - 1;
            int next = choices.get(last) + 1;
            if (next < open.get(last)) {
                choices.set(last, next);
                return true;
            }
            choices.remove(last);
        }
        return false;
    }

    int played() {
        return played;
    }

    @Override
    public String toString() {
        return String.join(", ", told);
    }
}
