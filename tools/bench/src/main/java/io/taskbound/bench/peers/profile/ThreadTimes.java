// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the JVM's own threads of a process have had of all processors, by Linux's account in hundredths of a second.
 *
 * @param compiler the JIT compiler's
 * @param machine the JVM's others, among them the garbage collector
 */
public record ThreadTimes(Duration compiler, Duration machine) {
    private static final Pattern COMPILER = Pattern.compile("C[12] Compiler.*");
    private static final Pattern MACHINE =
            Pattern.compile("VM .*|GC .*|G1 .*|Signal Dispatch|Service Thread|Monitor Deflati.*|JFR .*|Finalizer"
                    + "|Reference Handl.*|Common-Cleaner|Notification T.*|Sweeper thread");
    private static final long TICK_MILLIS = 10;

    /** Nothing where there is no {@code /proc}. */
    public static ThreadTimes of(long process) throws IOException {
        var tasks = Path.of("/proc", Long.toString(process), "task");
        if (!Files.isDirectory(tasks)) {
            return new ThreadTimes(Duration.ZERO, Duration.ZERO);
        }
        long compiler = 0;
        long machine = 0;
        for (var line : stats(tasks)) {
            compiler += COMPILER.matcher(name(line)).matches() ? ticks(line) : 0;
            machine += MACHINE.matcher(name(line)).matches() ? ticks(line) : 0;
        }
        return new ThreadTimes(Duration.ofMillis(compiler * TICK_MILLIS), Duration.ofMillis(machine * TICK_MILLIS));
    }

    private static List<String> stats(Path tasks) throws IOException {
        try (var threads = Files.list(tasks)) {
            return threads.map(ThreadTimes::stat)
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }

    private static String stat(Path thread) {
        try {
            return Files.readString(thread.resolve("stat"));
        } catch (IOException endedMeanwhile) {
            return "";
        }
    }

    /** proc_pid_stat(5): the name stands in parentheses, and may hold some itself. */
    static String name(String stat) {
        return stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    }

    /** The fields 14 and 15, utime and stime. */
    static long ticks(String stat) {
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    /** What came since. */
    public ThreadTimes minus(ThreadTimes earlier) {
        return new ThreadTimes(compiler.minus(earlier.compiler), machine.minus(earlier.machine));
    }
}
