// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.local.EmbeddedDynamo;
import io.taskbound.model.Starts.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The real issuer over DynamoDB Local takes the model's traces request by request: it makes the same requests, leaves
 * the same item after each and gives the same answers, also when answers are lost and processes die.
 */
@Tag("long")
class ReplayTest {
    /** The policy of a test does not change. */
    private static final Set<Verb> NOT_PLAYED = EnumSet.of(Verb.WITHDRAW);

    private static EmbeddedDynamo dynamo;
    private static RealIssuer.House house;

    @BeforeAll
    static void start() {
        dynamo = EmbeddedDynamo.inMemory();
        house = RealIssuer.House.over(dynamo.client());
    }

    @AfterAll
    static void stop() {
        house.provider().close();
        dynamo.close();
    }

    @Test
    void takesEveryStepOfTheModel() {
        var starts = new ArrayList<World>();
        for (var start : Starts.all(2, List.of(Kind.LEASED_ONE_USE, Kind.LEASED_TWO_USES))) {
            if (isPlayed(start)) {
                starts.add(start);
            }
        }
        var traces = Samples.ofEveryStep(starts);

        traces.forEach(trace -> new Replay(house, trace).play());
        assertThat(traces).hasSizeGreaterThan(100);
    }

    static Stream<Clause> needed() {
        return Arrays.stream(Clause.values())
                .filter(clause -> clause.breaks().isPresent())
                .filter(clause -> isPlayed(Scenes.of(clause).get(0)));
    }

    @ParameterizedTest
    @MethodSource("needed")
    void goesOnWhereTheModelWithoutTheClauseBreaks(Clause clause) {
        new Replay(house, Samples.kept(clause)).play();
    }

    private static boolean isPlayed(World start) {
        boolean limited = start.has(Cell.LIMITED);
        for (int id = 0; id < start.actors(); id++) {
            limited &= !NOT_PLAYED.contains(Verb.values()[start.get(id, Register.VERB)]);
        }
        return limited;
    }
}
