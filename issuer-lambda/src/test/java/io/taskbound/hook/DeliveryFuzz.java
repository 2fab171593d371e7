// SPDX-License-Identifier: Apache-2.0
package io.taskbound.hook;

import io.taskbound.identity.Profiles;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Fuzz target: a hook's delivery. The first byte says of which CI system and kind it is; the rest is the body, and what
 * proves it. A body may be refused as malformed, and nothing else may happen; without a secret none is authentic.
 */
public final class DeliveryFuzz {
    private static final List<String> PROFILES = List.of("github", "gitlab", "buildkite", "circleci");
    private static final List<String> KINDS = List.of("workflow_job", "workflow_run", "ping", "");

    private DeliveryFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        var profile = PROFILES.get((input[0] & 0xff) % PROFILES.size());
        var kind = KINDS.get((input[0] & 0xff) / PROFILES.size() % KINDS.size());
        var body = Arrays.copyOfRange(input, 1, input.length);
        var text = new String(body, StandardCharsets.ISO_8859_1);
        var delivery = new Delivery(name -> Optional.of(name.equals("x-github-event") ? kind : text), body);
        var system = HookSystem.of(profile).orElseThrow();
        if (system.flaw(delivery, List.of(), Instant.EPOCH).isEmpty()) {
            throw new AssertionError("authentic without a secret");
        }
        try {
            if (system.read(delivery, delivery.json()) instanceof Ended ended) {
                var known = Profiles.named(profile).orElseThrow();
                ended.claims().forEach(claims -> {
                    known.runs(claims);
                    known.job(claims);
                });
            }
        } catch (MalformedEvent refused) {
            // as it should be
        }
    }
}
