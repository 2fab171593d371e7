// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.ledger.LedgerModel.Flaw;
import io.taskbound.ledger.ModelWorld.Client;
import io.taskbound.ledger.ModelWorld.Deny;
import io.taskbound.ledger.ModelWorld.Row;
import io.taskbound.ledger.ModelWorld.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * In every order of requests: one proof gives at most one live token (I2), nothing is alive after an acknowledged close
 * (I3), and a token that lapsed or expired does not come back (I4).
 */
class LedgerModelTest {
    private static final int SOMEBODY_ELSE = 9;

    @Test
    void holdsInEveryOrderOfTheRequestsOfThreeClients() {
        int worlds = 0;
        for (var start : starts()) {
            var model = new LedgerModel(Flaw.NONE);
            assertThat(model.explore(start)).as(start.toString()).isEmpty();
            worlds += model.worlds();
        }

        assertThat(worlds).isGreaterThan(100_000);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void findsEachFlaw(Flaw flaw) {
        Set<String> found = new TreeSet<>();
        starts().forEach(start -> found.addAll(new LedgerModel(flaw).explore(start)));

        assertThat(found).isNotEmpty();
    }

    /** Every choice of three verbs, before the token is minted and when somebody holds it. */
    private static List<ModelWorld> starts() {
        var starts = new ArrayList<ModelWorld>();
        for (var a : Verb.values()) {
            for (var b : Verb.values()) {
                for (var c : Verb.values()) {
                    if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0 && c != Verb.EXPIRE) {
                        var clients = clients(a, b, c, Verb.EXPIRE);
                        starts.add(start(Optional.empty(), clients));
                        starts.add(start(Optional.of(Row.fresh(SOMEBODY_ELSE)), clients));
                    }
                }
            }
        }
        return starts;
    }

    /** Clients do the same whatever their order, and time passes beside them. */
    private static List<Client> clients(Verb... verbs) {
        return IntStream.range(0, verbs.length)
                .mapToObj(id -> Client.starting(id, verbs[id]))
                .toList();
    }

    private static ModelWorld start(Optional<Row> row, List<Client> clients) {
        return new ModelWorld(row, false, Deny.EMPTY, 0, row.isPresent(), false, false, clients);
    }
}
