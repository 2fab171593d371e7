// SPDX-License-Identifier: Apache-2.0
package io.taskbound.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * In every build, what a fuzzer has found or a person has thought of stays a test, and so do some thousand blind
 * changes of it. {@code tools/fuzz/run} lets Jazzer go on from there.
 */
class FuzzCorpusTest {
    private static final int MUTANTS = 4_000;

    static List<Target> targets() {
        return Target.all();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void takesEveryInputOfTheCorpus(Target target) {
        assertThat(target.corpus()).isNotEmpty().allSatisfy(target::take);
    }

    /** The same ones each time, so that a build does not fail by chance. */
    @ParameterizedTest
    @MethodSource("targets")
    void takesWhatIsNearTheCorpus(Target target) {
        var corpus = target.corpus();
        var mutation = new Mutation(2_026);
        for (int i = 0; i < MUTANTS; i++) {
            target.take(mutation.of(corpus.get(i % corpus.size()), corpus));
        }
    }

    @Test
    void everyTargetHasACorpus() {
        assertThat(targets().stream().map(Target::name)).containsExactlyInAnyOrderElementsOf(Target.written());
    }
}
