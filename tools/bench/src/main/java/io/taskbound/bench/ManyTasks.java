// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A policy of 1,000 tasks with three rules each, all of which permit one target; and the same with each task changed.
 */
final class ManyTasks {
    private static final int TASKS = 1_000;
    private static final String HEAD = String.format(Locale.ROOT, """
            {"version":1,
             "providers":{"github":{"profile":"github","issuer":"https://token.actions.githubusercontent.com",
               "audience":"https://tokens.acme.example"}},
             "resource_servers":{"signer":{"audience":"https://signer.acme.example","checks":"redeem",
               "client_secret_hashes":["%s"]}},
             "tasks":{""", "0".repeat(63) + "1");

    private ManyTasks() {}

    static String before() {
        return policy("\"refs/heads/main\"", "10m");
    }

    /** One branch more in each rule, and a longer life in each task. */
    static String after() {
        return policy("[\"refs/heads/main\",\"refs/heads/next\"]", "15m");
    }

    private static String policy(String refs, String lifetime) {
        return HEAD
                + IntStream.range(0, TASKS)
                        .mapToObj(i -> task(i, refs, lifetime))
                        .collect(Collectors.joining(","))
                + "}}";
    }

    private static String task(int number, String refs, String lifetime) {
        return String.format(
                Locale.ROOT,
                """
                "task-%1$d":{"permissions":[{"resource_server":"signer","actions":["sign"],
                  "identifiers":["artifact:${project}/part-%1$d/**","artifact:${project}/**@sha256:{sha256}"]}],
                 "max_lifetime":"%2$s","lease":"60s","allow":[%3$s]}""",
                number,
                lifetime,
                IntStream.range(0, 3).mapToObj(i -> rule(3 * number + i, refs)).collect(Collectors.joining(",")));
    }

    private static String rule(int repository, String refs) {
        return String.format(Locale.ROOT, """
                {"provider":"github","claims":{"repository_id":"%d","repository_owner_id":"1001",
                 "ref":%s,"ref_type":"branch"}}""", repository, refs);
    }
}
