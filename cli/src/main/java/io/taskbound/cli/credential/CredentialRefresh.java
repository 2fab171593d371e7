// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.credential;

import io.taskbound.client.CredentialAnswer;
import io.taskbound.client.credential.AwsCredential;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Fetches AWS credentials again beside the heartbeats and the command's requests: in a daemon thread, one fetch at a
 * time. What fails leaves the endpoint with the ones that it has, until they die.
 */
final class CredentialRefresh {
    private final CredentialEndpoint endpoint;
    private final CredentialSource source;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean warned = new AtomicBoolean();
    private volatile AwsCredential latest;
    private volatile boolean stopped;

    CredentialRefresh(AwsCredential first, CredentialEndpoint endpoint, CredentialSource source) {
        this.latest = first;
        this.endpoint = endpoint;
        this.source = source;
    }

    /** Returns at once; nothing happens while a fetch is under way, or where none is needed. */
    void start() {
        if (!latest.refreshed() || stopped || !running.compareAndSet(false, true)) {
            return;
        }
        var thread = new Thread(this::run, "taskbound-credential");
        thread.setDaemon(true);
        thread.start();
    }

    void stop() {
        stopped = true;
    }

    private void run() {
        try {
            take(source.next());
        } finally {
            running.set(false);
        }
    }

    private void take(CredentialAnswer answer) {
        if (stopped) {
            return;
        }
        if (answer instanceof CredentialAnswer.Delivered delivered
                && delivered.credential() instanceof AwsCredential next) {
            source.delivered(next);
            endpoint.serve(next);
            latest = next;
        } else if (warned.compareAndSet(false, true)) {
            source.failed(
                    latest,
                    answer.match(
                            other -> "another kind",
                            refused -> refused.refusal().code(),
                            none -> none.outage().sentence()));
        }
    }
}
