// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.cli.terminal.Printable;
import io.taskbound.cli.terminal.ShownTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How texts and times of a table are printed: nothing of it reaches a terminal as it came. */
final class TextColumns {
    private static final int WIDEST = 64;

    private TextColumns() {}

    /** To the second, in UTC. */
    static String time(Instant instant) {
        return ShownTime.of(instant);
    }

    /** Fit for a column. */
    static String cell(String foreign) {
        var text = Printable.of(foreign);
        return text.length() > WIDEST ? text.substring(0, WIDEST - 1) + "…" : text;
    }

    /** Rows under each other; the last column is as wide as it comes. */
    static List<String> columns(List<List<String>> rows) {
        var widths = new ArrayList<Integer>();
        for (var row : rows) {
            for (int column = 0; column < row.size(); column++) {
                int width = row.get(column).length();
                if (column == widths.size()) {
                    widths.add(width);
                } else if (widths.get(column) < width) {
                    widths.set(column, width);
                }
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, List<Integer> widths) {
        var line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            var cell = row.get(column);
            line.append(cell).append(" ".repeat(widths.get(column) - cell.length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
