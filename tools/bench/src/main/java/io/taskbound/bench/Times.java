// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured: for each benchmark the median time in microseconds, one for each round. */
final class Times {
    private final Map<Timed, List<Double>> micros = new LinkedHashMap<>();

    void add(Timed timed, double medianMicros) {
        micros.computeIfAbsent(timed, any -> new ArrayList<>()).add(medianMicros);
    }

    List<Double> of(Timed timed) {
        return List.copyOf(micros.getOrDefault(timed, List.of()));
    }

    static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
