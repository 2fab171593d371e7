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
    private static final double BAR_PLAIN = 8;
    private static final double BAR_ARCHIVE = 4;
    private static final double BAR_REQUEST_MILLIS = 25;

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
        boolean plain = ratio("first mint / empty handler", "issuer", "empty", BAR_PLAIN);
        boolean archive = ratio("first mint, archive / empty handler", "issuer, archive", "empty", BAR_ARCHIVE);
        print(
                "  of note: the empty handler gains by an archive as well; against that one the first mint takes %.2f times%n",
                times("issuer, archive", "empty, archive", ColdStart::untilAnswered));
        boolean request = request("issuer") & request("issuer, archive");
        return plain && archive && request;
    }

    private double times(String measured, String against, Function<ColdStart, Duration> part) {
        return median(measured, part) / median(against, part);
    }

    private boolean ratio(String what, String measured, String against, double bar) {
        double ratio = times(measured, against, ColdStart::untilAnswered);
        print(
                "  %-38s %5.2f  (bar %.0f)  %s   in processor time %.2f%n",
                what, ratio, bar, word(ratio <= bar), times(measured, against, ColdStart::cpu));
        return ratio <= bar;
    }

    private boolean request(String name) {
        double millis = median(name, ColdStart::request);
        boolean held = millis <= BAR_REQUEST_MILLIS;
        print("  %-38s %5.1f ms  (bar %.0f)  %s%n", "first request, " + name, millis, BAR_REQUEST_MILLIS, word(held));
        return held;
    }

    private static String word(boolean held) {
        return held ? "PASS" : "MISS";
    }

    private static void print(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format, arguments);
    }
}
