// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.publish;

import io.taskbound.cli.policy.Loaded;
import io.taskbound.cli.policy.PolicyFiles;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.json.JsonText;
import io.taskbound.ledger.PolicyStore;
import io.taskbound.token.LocalSigner;
import java.time.Clock;
import java.util.Optional;

/** A policy key of this process, for what does not need KMS. */
final class TestKey implements AutoCloseable {
    final PolicyKey key = new PolicyKey(LocalSigner.generate(), () -> {});

    private TestKey() {}

    static TestKey make() {
        return new TestKey();
    }

    Publication.Outcome publish(PublishScene scene, String yaml) {
        return publish(scene.store, scene, yaml, scene.store.head());
    }

    Publication.Outcome publish(PolicyStore store, PublishScene scene, String yaml, long seen) {
        if (!(PolicyFiles.load(scene.file(yaml)) instanceof Loaded.Ok ok)) {
            throw new AssertionError("a faulty policy");
        }
        try {
            return new Publication(store, scene.table, Optional.of(key), "arn:aws:iam::111122223333:user/ann")
                    .publish(
                            seen,
                            JsonText.canonical(ok.canonical()),
                            ok.policy().version().hash(),
                            Optional.of("why"),
                            Clock.systemUTC().instant());
        } catch (Complaint unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @Override
    public void close() {
        key.close();
    }
}
