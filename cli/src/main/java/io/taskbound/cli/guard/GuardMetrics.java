// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.guard;

import io.taskbound.cli.http.Places;
import io.taskbound.cli.rules.MappedUse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of the decisions, in the text format of Prometheus. Its label values are bounded sets. */
final class GuardMetrics implements Decisions {
    /** Upper bounds in milliseconds. */
    private static final int[] BOUNDS = {1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000};

    private static final double MILLIS = 1_000.0;
    private static final double NANOS = 1_000_000_000.0;

    private final Map<String, LongAdder> decisions = new ConcurrentHashMap<>();
    private final LongAdder[] buckets = adders();
    private final LongAdder nanos = new LongAdder();
    private final Places asking;

    /** @param asking in which the issuer is asked */
    GuardMetrics(Places asking) {
        this.asking = asking;
    }

    private static LongAdder[] adders() {
        var adders = new LongAdder[BOUNDS.length + 1];
        for (int i = 0; i < adders.length; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }

    @Override
    public void add(Decision decision, Duration took) {
        var labels = "{result=\"" + decision.result() + "\",reason=\"" + decision.reason() + "\",rule=\""
                + decision.use().map(MappedUse::rule).orElse("") + "\"}";
        decisions.computeIfAbsent(labels, first -> new LongAdder()).increment();
        buckets[bucket(took)].increment();
        nanos.add(took.toNanos());
    }

    private static int bucket(Duration took) {
        int bucket = 0;
        while (bucket < BOUNDS.length && took.compareTo(Duration.ofMillis(BOUNDS[bucket])) > 0) {
            bucket++;
        }
        return bucket;
    }

    /** @param ready whether the issuer takes the guard's name and secret */
    String text(boolean ready) {
        var text = new StringBuilder();
        head(text, "taskbound_guard_decisions_total", "counter", "Answers to the gateway.");
        new TreeMap<>(decisions)
                .forEach((labels, count) -> text.append("taskbound_guard_decisions_total")
                        .append(labels)
                        .append(' ')
                        .append(count.sum())
                        .append('\n'));
        head(text, "taskbound_guard_seconds", "histogram", "From the gateway's question to the decision.");
        histogram(text);
        gauge(text, "taskbound_guard_asking", "Requests for which the issuer is asked now.", asking.taken());
        gauge(text, "taskbound_guard_waiting", "Requests that wait for their turn to ask.", asking.waiting());
        gauge(
                text,
                "taskbound_guard_ready",
                "Whether the issuer has taken the guard's name and secret.",
                ready ? 1 : 0);
        return text.toString();
    }

    private void histogram(StringBuilder text) {
        long sum = 0;
        for (int i = 0; i < buckets.length; i++) {
            sum += buckets[i].sum();
            text.append("taskbound_guard_seconds_bucket{le=\"")
                    .append(i < BOUNDS.length ? Double.toString(BOUNDS[i] / MILLIS) : "+Inf")
                    .append("\"} ")
                    .append(sum)
                    .append('\n');
        }
        text.append("taskbound_guard_seconds_sum ").append(nanos.sum() / NANOS).append('\n');
        text.append("taskbound_guard_seconds_count ").append(sum).append('\n');
    }

    private static void gauge(StringBuilder text, String name, String help, int value) {
        head(text, name, "gauge", help);
        text.append(name).append(' ').append(value).append('\n');
    }

    private static void head(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }
}
