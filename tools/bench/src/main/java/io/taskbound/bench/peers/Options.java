// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What {@code tools/bench/peers} was told.
 *
 * @param quick a short run, whose hot figures are not yet hot
 * @param product the built checkout that is measured
 * @param rows what is measured; all when empty
 */
record Options(boolean quick, Mode mode, Path product, Set<Row> rows) {
    /** What is measured. */
    enum Mode {
        /** Candidates side by side, and unless only some were asked for, what a caller waits. */
        COMPARE,
        LATENCY,
        PROFILE
    }

    /** @throws IllegalArgumentException with a sentence for whoever typed it */
    static Options read(List<String> arguments, Path here) {
        boolean quick = false;
        var mode = Mode.COMPARE;
        var product = here;
        var rows = EnumSet.noneOf(Row.class);
        var left = new ArrayList<>(arguments);
        while (!left.isEmpty()) {
            var option = left.remove(0);
            switch (option) {
                case "--quick" -> quick = true;
                case "--latency" -> mode = Mode.LATENCY;
                case "--profile" -> mode = Mode.PROFILE;
                case "--product" -> product = Path.of(value(option, left));
                case "--only" -> {
                    for (var word : value(option, left).split(",", -1)) {
                        rows.add(row(word));
                    }
                }
                default -> throw new IllegalArgumentException("there is no option " + option);
            }
        }
        return new Options(quick, mode, product, rows);
    }

    boolean measures(Row row) {
        return rows.isEmpty() || rows.contains(row);
    }

    private static String value(String option, List<String> left) {
        if (left.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return left.remove(0);
    }

    private static Row row(String word) {
        for (var row : Row.values()) {
            if (row.word().equals(word)) {
                return row;
            }
        }
        throw new IllegalArgumentException("there is no candidate " + word);
    }
}
