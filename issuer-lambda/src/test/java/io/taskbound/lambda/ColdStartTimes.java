// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The cold starts of one JDK, and how they stand to the bars. */
final class ColdStartTimes {
    private static final double BAR_PLAIN = 7;
    private static final double BAR_ARCHIVE = 3.6;
    private static final double BAR_REQUEST = 0.27;

    private static final String EMPTY = "empty";

    private final Map<String, List<ColdStart>> starts = new LinkedHashMap<>();

    void add(String candidate, ColdStart start) {
        starts.computeIfAbsent(candidate, any -> new ArrayList<>()).add(start);
    }

    private double median(String candidate, Function<ColdStart, Duration> part) {
        var sorted = starts.getOrDefault(candidate, List.of()).stream()
                .map(part)
                .sorted()
                .toList();
        return sorted.get(sorted.size() / 2).toNanos() / 1e6;
    }

    /** @return whether every bar is held */
    boolean report() {
        starts.keySet()
                .forEach(name -> print(
                        "  %-16s %7.1f ms to the first answer, of which %6.1f ms from taking the request; %5.0f ms of processors%n",
                        name,
                        median(name, ColdStart::untilAnswered),
                        median(name, ColdStart::request),
                        median(name, ColdStart::cpu)));
        // One after the other, so that each is printed.
        boolean plain = ratio("first mint / empty handler", "issuer", ColdStart::untilAnswered, BAR_PLAIN);
        boolean archive =
                ratio("first mint, archive / empty handler", "issuer, archive", ColdStart::untilAnswered, BAR_ARCHIVE);
        print(
                "  of note: the empty handler gains by an archive as well; against that one the first mint takes %.2f times%n",
                times("issuer, archive", "empty, archive", ColdStart::untilAnswered));
        print(
                "  of note: in processor time the first mint takes %.2f times, and %.2f with the archive%n",
                times("issuer", EMPTY, ColdStart::cpu), times("issuer, archive", EMPTY, ColdStart::cpu));
        boolean request = ratio("of it, the request", "issuer", ColdStart::request, BAR_REQUEST);
        boolean requestArchive =
                ratio("of it, the request, archive", "issuer, archive", ColdStart::request, BAR_REQUEST);
        return plain && archive && request && requestArchive;
    }

    private double times(String measured, String against, Function<ColdStart, Duration> part) {
        return median(measured, part) / median(against, part);
    }

    /** Against a whole start of the empty handler: a time in milliseconds says as much of the machine as of us. */
    private boolean ratio(String what, String measured, Function<ColdStart, Duration> part, double bar) {
        double ratio = median(measured, part) / median(EMPTY, ColdStart::untilAnswered);
        print("  %-38s %5.2f  (bar %.2f)  %s%n", what, ratio, bar, word(ratio <= bar));
        return ratio <= bar;
    }

    private static String word(boolean held) {
        return held ? "PASS" : "MISS";
    }

    private static void print(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format, arguments);
    }
}
