// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.bench.peers.Ratio.Bar;
import io.taskbound.bench.peers.Ratio.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RatioTest {
    private static final Ratio HALF = new Ratio(Figure.HOT, Row.ON_DEMAND, Row.BAO_RAFT, Optional.of(Bar.atMost(0.5)));
    private static final Ratio FIVE_TIMES =
            new Ratio(Figure.FIRST_1_000, Row.KEYCLOAK, Row.SNAPSHOT, Optional.of(Bar.atLeast(5)));

    private static Course course(int millisFirst, int millisHot) {
        var course = new Course(Started.once(new Started.Effort(Duration.ZERO, Duration.ZERO)));
        course.add(CourseTest.stretch(1_000, millisFirst));
        course.add(CourseTest.stretch(100, millisHot));
        return course;
    }

    private static Results results(Plan plan, Row above, Course first, Row below, Course second) {
        var results = new Results(plan);
        results.add(above, first);
        results.add(below, second);
        return results;
    }

    @Test
    void aBarHoldsAtEquality() {
        var equal = results(Plan.FULL, Row.ON_DEMAND, course(9, 1), Row.BAO_RAFT, course(9, 2));
        assertThat(HALF.verdict(equal)).isEqualTo(Verdict.PASS);
        var over = results(Plan.FULL, Row.ON_DEMAND, course(9, 2), Row.BAO_RAFT, course(9, 3));
        assertThat(HALF.verdict(over)).isEqualTo(Verdict.MISS);
        assertThat(HALF.line(over)).contains("0.67", "at most 0.50", "MISS");
    }

    @Test
    void aBarForSomebodyElseIsALeastFactor() {
        var enough = results(Plan.FULL, Row.KEYCLOAK, course(10, 1), Row.SNAPSHOT, course(2, 1));
        assertThat(FIVE_TIMES.verdict(enough)).isEqualTo(Verdict.PASS);
        var tooLittle = results(Plan.FULL, Row.KEYCLOAK, course(9, 1), Row.SNAPSHOT, course(2, 1));
        assertThat(FIVE_TIMES.verdict(tooLittle)).isEqualTo(Verdict.MISS);
    }

    @Test
    void aShortRunDoesNotJudgeWhatIsHot() {
        var far = results(Plan.QUICK, Row.ON_DEMAND, course(9, 9), Row.BAO_RAFT, course(9, 1));
        assertThat(HALF.verdict(far)).isEqualTo(Verdict.NOT_RUN);
        assertThat(HALF.line(far)).contains("9.00", "NOT RUN");
    }

    @Test
    void theTableSaysWhoseWindowIsAnother() {
        var results = new Results(new Plan(List.of(1_000, 9_000)));
        results.add(Row.KEYCLOAK, course(2, 1));
        assertThat(results.table()).contains("| 2.00 |", "| hot is 1,001 to 1,100 |");
    }

    @Test
    void withoutOneOfBothNothingIsJudged() {
        var results = new Results(Plan.FULL);
        results.add(Row.SNAPSHOT, course(2, 1));
        results.lacks(Row.KEYCLOAK, "no network");
        assertThat(FIVE_TIMES.verdict(results)).isEqualTo(Verdict.NOT_RUN);
        assertThat(results.table()).contains("| Keycloak | NOT RUN: no network |");
    }
}
