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
 * @param rows what is measured of it
 */
record Options(boolean help, boolean quick, Path product, Set<Row> rows) {
    /** @throws IllegalArgumentException with a sentence for whoever typed it */
    static Options read(List<String> arguments, Path here) {
        boolean help = false;
        boolean quick = false;
        var product = here;
        var rows = EnumSet.noneOf(Row.class);
        var left = new ArrayList<>(arguments);
        while (!left.isEmpty()) {
            var option = left.remove(0);
            switch (option) {
                case "--help", "-h" -> help = true;
                case "--quick" -> quick = true;
                case "--product" -> product = Path.of(value(option, left));
                case "--only" -> {
                    for (var word : value(option, left).split(",", -1)) {
                        rows.add(row(word));
                    }
                }
                default -> throw new IllegalArgumentException("there is no option " + option);
            }
        }
        return new Options(help, quick, product, rows.isEmpty() ? EnumSet.allOf(Row.class) : rows);
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
