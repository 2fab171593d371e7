// SPDX-License-Identifier: Apache-2.0
package io.taskbound.edge;

import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.kms.KmsClient;

/** A client that is made when first needed and can be dropped, with its connections and credentials, and made again. */
final class KmsConnection {
    private static final Duration CALL = Duration.ofSeconds(3);
    private static final Duration ATTEMPT = Duration.ofMillis(1_200);
    private Optional<KmsClient> client = Optional.empty();

    /** Bounded, so that a signer outage is an answer of 503 and not a function that runs into its time-out. */
    synchronized KmsClient client() {
        if (client.isEmpty()) {
            client = Optional.of(KmsClient.builder()
                    .overrideConfiguration(bounds -> bounds.apiCallTimeout(CALL).apiCallAttemptTimeout(ATTEMPT))
                    .build());
        }
        return client.get();
    }

    synchronized void drop() {
        client.ifPresent(KmsClient::close);
        client = Optional.empty();
    }
}
