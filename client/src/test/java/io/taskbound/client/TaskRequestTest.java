// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class TaskRequestTest {
    private static final TaskDetail DETAIL = TaskDetail.of("tidy", "read", "ticket:1");

    @Test
    void refusesNoDetailAndMoreThanEight() {
        assertThatThrownBy(TaskRequest::of).hasMessage("details must be 1 to 8");
        TaskDetail[] nine = Collections.nCopies(9, DETAIL).toArray(TaskDetail[]::new);
        assertThatThrownBy(() -> TaskRequest.of(nine)).hasMessage("details must be 1 to 8");
    }

    @Test
    void refusesTwoTasksInOneRequest() {
        assertThatThrownBy(() -> TaskRequest.of(DETAIL, TaskDetail.of("other", "read", "ticket:1")))
                .hasMessage("details must name one task");
    }

    @Test
    void refusesTimesThatAreNoWholeSeconds() {
        TaskRequest request = TaskRequest.of(DETAIL);
        assertThatThrownBy(() -> request.withLease(Duration.ofMillis(1500))).hasMessageStartingWith("lease");
        assertThatThrownBy(() -> request.withLease(Duration.ZERO)).hasMessageStartingWith("lease");
        assertThatThrownBy(() -> request.withLifetime(Duration.ofSeconds(-1))).hasMessageStartingWith("lifetime");
    }

    @Test
    void refusesAnEmptyTaskOrIdentifier() {
        assertThatThrownBy(() -> TaskDetail.of("", "read", "ticket:1")).hasMessage("task is empty");
        assertThatThrownBy(() -> TaskDetail.of("tidy", "read", "")).hasMessageStartingWith("identifier is empty");
    }

    @Test
    void keepsItsTxnThroughEveryChange() {
        TaskRequest request = TaskRequest.of(DETAIL);
        assertThat(request.withLease(Duration.ofSeconds(60))
                        .withLifetime(Duration.ofSeconds(60))
                        .txn())
                .isEqualTo(request.txn());
    }

    @Test
    void leavesOutWhatTheIssuerFillsIn() {
        TaskRequest request =
                TaskRequest.of(new TaskDetail("tidy", java.util.List.of(), java.util.List.of(), "ticket:1"));
        assertThat(request.detailsAsJson())
                .isEqualTo("[{\"type\":\"task\",\"task\":\"tidy\",\"identifier\":\"ticket:1\"}]");
    }
}
