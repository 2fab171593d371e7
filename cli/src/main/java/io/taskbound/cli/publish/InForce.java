// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.publish;

import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.PolicyRelease;
import io.taskbound.ledger.PolicyStore;
import io.taskbound.policy.Policy;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What the table's head names, as far as it can be read.
 *
 * @param number 0 while nothing was published
 * @param release empty also when the head names a version that is not there
 * @param policy empty when the text is damaged, or today's loader refuses it
 */
record InForce(long number, Optional<PolicyRelease> release, Optional<Policy> policy) {

    static InForce read(PolicyStore store) {
        long number = store.head();
        var release = number == 0 ? Optional.<PolicyRelease>empty() : store.release(number);
        return new InForce(number, release, release.flatMap(there -> policy(store, there)));
    }

    private static Optional<Policy> policy(PolicyStore store, PolicyRelease release) {
        if (!(store.text(release) instanceof PolicyStore.Text.Whole text)) {
            return Optional.empty();
        }
        try {
            var document = StrictJson.parseObject(text.json().getBytes(StandardCharsets.UTF_8));
            return Policy.compile(document, release.version().number()) instanceof Policy.Ok ok
                    ? Optional.of(ok.policy())
                    : Optional.empty();
        } catch (MalformedJson damaged) {
            return Optional.empty();
        }
    }

    boolean isReadable() {
        return number == 0 || policy.isPresent();
    }

    boolean has(Policy other) {
        return policy.filter(own -> own.version().hash().equals(other.version().hash()))
                .isPresent();
    }

    boolean isSigned() {
        return release.flatMap(PolicyRelease::signature).isPresent();
    }

    String label() {
        return release.map(there -> there.version().label()).orElse("v" + number);
    }
}
