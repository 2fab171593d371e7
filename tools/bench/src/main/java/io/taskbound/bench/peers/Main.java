// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** {@code tools/bench/peers}. */
public final class Main {
    private static final int USAGE = 2;

    private Main() {}

    /** @param arguments the options, after the checkout that this was built from */
    public static void main(String[] arguments) throws InterruptedException {
        // Else the JDK's server waits 40 ms before each answer on a kept connection.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            var options = options(List.of(arguments));
            System.exit(run(options) ? 0 : 1);
        } catch (IOException | NotHere failed) {
            System.err.println("peers: " + failed.getMessage());
            System.exit(1);
        }
    }

    private static Options options(List<String> given) {
        try {
            return Options.read(given.subList(1, given.size()), Path.of(given.get(0)));
        } catch (IllegalArgumentException wrong) {
            System.err.println("peers: " + wrong.getMessage() + "; --help says what there is");
            System.exit(USAGE);
            throw wrong;
        }
    }

    private static boolean run(Options options) throws IOException, InterruptedException, NotHere {
        Progress.say("Java " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors()
                + " processors; what is measured: " + options.product());
        try (var site = new Site(new Product(options.product()), Clock.systemUTC())) {
            var programs = Programs.find(System.getenv());
            switch (options.mode()) {
                case LATENCY -> Latency.report(site, options.quick());
                case PROFILE -> Profiling.report(site, programs, options);
                case COMPARE -> {
                    boolean held = Comparing.all(site, programs, options);
                    if (options.rows().isEmpty()) {
                        Latency.report(site, options.quick());
                    }
                    return held;
                }
            }
            return true;
        }
    }
}
