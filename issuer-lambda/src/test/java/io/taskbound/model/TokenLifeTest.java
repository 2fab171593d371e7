// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.model.Starts.Kind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * In every order of the requests of two actors, and of those among whom a clause matters: whoever dies and whatever
 * answer is lost, the invariants hold. {@code tools/model/run} goes further.
 */
class TokenLifeTest {
    @Test
    void holdsInEveryOrderOfTheRequestsOfTwoActors() {
        long worlds = 0;
        for (var start : Starts.all(2, List.of(Kind.LEASED_ONE_USE))) {
            worlds += holdsFrom(List.of(start));
        }

        assertThat(worlds).isGreaterThan(300_000);
    }

    @Test
    void holdsWhereEachClauseMatters() {
        for (var clause : Clause.values()) {
            holdsFrom(Scenes.of(clause));
        }
    }

    private static long holdsFrom(List<World> starts) {
        var result = new Explorer(new Model(Set.of())).explore(starts);
        assertThat(result.violation().map(Story::of)).isEmpty();
        return result.worlds();
    }

    @ParameterizedTest
    @EnumSource
    void breaksWithoutAnyClauseThatIsNeeded(Clause clause) {
        var result = new Explorer(new Model(EnumSet.of(clause))).explore(Scenes.of(clause));

        assertThat(result.violation().map(Explorer.Violation::invariant)).isEqualTo(clause.breaks());
    }

    @Test
    void saysOfEachClauseThatNothingNeedsWhyItIsThere() {
        assertThat(Clause.values())
                .allSatisfy(clause -> assertThat(clause.spare().isEmpty())
                        .as(clause.name())
                        .isEqualTo(clause.breaks().isPresent()));
    }

    /** An invariant that nothing can break would say nothing. */
    @Test
    void breaksEachInvariantSomewhere() {
        var broken = EnumSet.noneOf(Invariant.class);
        Arrays.stream(Clause.values()).forEach(clause -> clause.breaks().ifPresent(broken::add));

        assertThat(broken).containsExactlyInAnyOrder(Invariant.values());
    }

    @Test
    void tellsTheShortestTraceInPlainWords() {
        var result = new Explorer(new Model(EnumSet.of(Clause.CLOSE_ACTIVE))).explore(Scenes.of(Clause.CLOSE_ACTIVE));

        assertThat(result.violation().map(Story::of).orElseThrow()).isEqualTo("""
                        violated: ONE_END (the end of a token is written at most once)
                        a token with 1 use(s) and a lease, minted and held; A the holder's close; B the holder's close
                           1. A, the holder's close, closes the record [UpdateItem, close]
                           2. B, the holder's close, closes the record [UpdateItem, close]""");
    }
}
