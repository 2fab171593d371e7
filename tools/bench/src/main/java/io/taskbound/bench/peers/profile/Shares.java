// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers.profile;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Samples counted by part. */
public final class Shares {
    private final Map<Part, Integer> counts = new EnumMap<>(Part.class);
    private final Map<String, Integer> rest = new HashMap<>();
    private int samples;

    /** @param classNames of one sample's frames, the leaf's first */
    public void add(List<String> classNames) {
        var part = Part.of(classNames);
        counts.merge(part, 1, Integer::sum);
        samples++;
        if (part == Part.REST) {
            rest.merge(classNames.isEmpty() ? "no Java frame" : classNames.get(0), 1, Integer::sum);
        }
    }

    /** All of them. */
    public int samples() {
        return samples;
    }

    /** Of all samples, from 0 to 1. */
    public double share(Part part) {
        return samples == 0 ? 0 : (double) counts.getOrDefault(part, 0) / samples;
    }

    /** The classes at the leaf of most stacks that no part claims, so that a large rest can be explained. */
    public List<String> mostOfTheRest(int many) {
        return rest.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(many)
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                .toList();
    }
}
