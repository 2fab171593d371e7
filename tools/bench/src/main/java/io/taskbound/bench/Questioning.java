// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.json.JsonObject;
import io.taskbound.policy.Change;
import io.taskbound.policy.Permitted;
import io.taskbound.policy.Policy;
import io.taskbound.policy.PolicyDifference;
import io.taskbound.policy.WhoCan;
import io.taskbound.task.Identifier;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Questions to a policy of 1,000 tasks, each of which permits the target, beside the loading of that policy; and the
 * difference of two such policies, in which every task has changed. Whoever asks waits for the loading as well.
 */
@State(Scope.Benchmark)
public class Questioning {
    private static final int PERMITTED = 3_000;
    private static final int CHANGES = 4_000;
    private static final WhoCan.Question QUESTION = new WhoCan.Question(
            "sign",
            new Identifier("artifact:acme/shop/app.jar@sha256:" + "9f2c".repeat(16)),
            Optional.empty(),
            Optional.empty());

    private JsonObject document;
    private JsonObject changed;
    private Policy before;
    private Policy after;

    @Setup
    public void load() {
        document = Json.object(ManyTasks.before());
        changed = Json.object(ManyTasks.after());
        before = loaded(document);
        after = loaded(changed);
    }

    private static Policy loaded(JsonObject document) {
        return Policy.compile(document, 1)
                .orElseThrow(faulty -> new IllegalStateException(faulty.faults().toString()));
    }

    @Benchmark
    public Policy loading() {
        return loaded(document);
    }

    @Benchmark
    public List<Policy> loadingTwo() {
        return List.of(loaded(document), loaded(changed));
    }

    @Benchmark
    public List<Permitted> whoCan() {
        var answers = WhoCan.of(before, QUESTION);
        answers.forEach(Permitted::words);
        return expect(answers, PERMITTED);
    }

    @Benchmark
    public List<Change> difference() {
        return expect(PolicyDifference.between(Optional.of(before), after), CHANGES);
    }

    private static <T> List<T> expect(List<T> found, int least) {
        if (found.size() < least) {
            throw new IllegalStateException(found.size() + " found");
        }
        return found;
    }
}
