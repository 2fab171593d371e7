// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

/** What {@code --help} prints. */
final class Help {
    static final String TEXT = """
            usage: tools/bench/peers [--quick] [--only CANDIDATE,...] [--product DIR]

            Measures what a mint costs the issuer's process, one candidate after the other on this machine: 40,000 mints
            each, over DynamoDB Local in a process of its own, with ID tokens that were made before. Prints milliseconds of
            processor a mint, over the first 100, 1,000, 10,000 and 40,000 and from 30,000 to 40,000 ("hot"), and the
            throughput and p50 and p99 of that last window.

              --quick           4,000 mints each; hot is from 3,000 to 4,000, when not everything is compiled
              --only CANDIDATE  on-demand, on-demand-c1, on-demand-kms, snapshot, serve; more than one with commas
              --product DIR     measures the build in another checkout

            Runs on the JDK at BENCH_JAVA_HOME, or else on the newest one beside the running one.
            """;

    private Help() {}
}
