// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What {@code tools/model/run} starts: explores the model and prints what it found. */
final class Main {
    private static final String USAGE =
            "usage: tools/model/run [--actors 1..4] [--clocks-off] | --without NAME | --list";
    private static final int MOST_ACTORS = 4;
    private static final int BAD_USAGE = 2;

    private Main() {}

    public static void main(String[] arguments) {
        var left = new ArrayList<>(List.of(arguments));
        boolean clocksOff = left.remove("--clocks-off");
        if (left.isEmpty()) {
            explore(2, clocksOff);
        } else if (left.equals(List.of("--list"))) {
            Arrays.stream(Clause.values()).forEach(Main::describe);
        } else if (left.size() == 2
                && left.get(0).equals("--actors")
                && left.get(1).matches("[1-" + MOST_ACTORS + "]")) {
            explore(Integer.parseInt(left.get(1)), clocksOff);
        } else if (left.size() == 2 && left.get(0).equals("--without") && isClause(left.get(1))) {
            without(Clause.valueOf(left.get(1)));
        } else if (left.size() == 2 && left.get(0).equals("--without")) {
            refuse(left.get(1) + " is not a condition: tools/model/run --list names them");
        } else {
            refuse(USAGE);
        }
    }

    private static void refuse(String why) {
        System.err.println(why);
        System.exit(BAD_USAGE);
    }

    private static boolean isClause(String name) {
        return Arrays.stream(Clause.values()).anyMatch(clause -> clause.name().equals(name));
    }

    private static void describe(Clause clause) {
        var effect =
                clause.breaks().map(broken -> "without it breaks " + broken).orElse("spare: " + clause.spare());
        System.out.printf(Locale.ROOT, "%-32s %s; %s%n", clause, clause.words(), effect);
    }

    private static void explore(int actors, boolean clocksOff) {
        var starts = Starts.all(actors);
        if (clocksOff) {
            starts = Starts.clocksOff(starts);
        }
        var progress = new Progress(starts.size());
        var violation = starts.parallelStream()
                .map(start -> {
                    var result = new Explorer(new Model(Set.of())).explore(List.of(start));
                    progress.explored(result);
                    return result;
                })
                .flatMap(result -> result.violation().stream())
                .findFirst();
        if (violation.isPresent()) {
            System.out.println(Story.of(violation.get()));
            System.exit(1);
        }
        System.out.printf(
                Locale.ROOT,
                "%,d states from %,d starts with %d actors%s, depth %d: 0 violations%n",
                progress.worlds(),
                starts.size(),
                actors,
                clocksOff ? ", a clock off in each" : "",
                progress.depth());
    }

    private static void without(Clause clause) {
        var result = new Explorer(new Model(EnumSet.of(clause))).explore(Scenes.of(clause));
        System.out.println("without: " + clause.words());
        System.out.println(result.violation()
                .map(Story::of)
                .orElseGet(
                        () -> "no violation in " + result.worlds() + " states; it is there because " + clause.spare()));
    }
}
