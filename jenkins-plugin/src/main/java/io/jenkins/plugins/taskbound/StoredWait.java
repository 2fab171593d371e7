// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.util.Secret;
import io.taskbound.client.HolderVerifier;
import io.taskbound.client.PendingApproval;
import io.taskbound.client.TaskRequest;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A step's wait for approval as it survives a restart of the controller: written with the build, and the holder's
 * verifier encrypted. An ID token is never in it: each request gets one of its own.
 */
final class StoredWait implements Serializable {
    private static final long serialVersionUID = 1;

    private final String txn;
    private final Secret holder;
    private final long begunMillis;
    private final long nextMillis;
    private final String approvalId;
    private final @CheckForNull String uri;
    private final List<String> approvers;
    private final int needed;
    private final int given;
    private final long intervalSeconds;
    private final long untilMillis;

    /**
     * @param begun when the issuer first asked for an approval
     * @param next when it is asked again
     */
    StoredWait(TaskRequest request, PendingApproval approval, Instant begun, Instant next) {
        this.txn = request.txn().toString();
        this.holder = Secret.fromString(request.holder().reveal());
        this.begunMillis = begun.toEpochMilli();
        this.nextMillis = next.toEpochMilli();
        this.approvalId = approval.id();
        this.uri = approval.uri().map(URI::toString).orElse(null);
        this.approvers = new ArrayList<>(approval.approvers());
        this.needed = approval.needed();
        this.given = approval.given();
        this.intervalSeconds = approval.interval().toSeconds();
        this.untilMillis = approval.until().toEpochMilli();
    }

    /** The very request that people were asked to approve. */
    TaskRequest request(TokenRequest wanted) {
        return wanted.request(UUID.fromString(txn), HolderVerifier.of(holder.getPlainText()));
    }

    PendingApproval approval() {
        return new PendingApproval(
                approvalId,
                Optional.ofNullable(uri).map(URI::create),
                approvers,
                needed,
                given,
                Duration.ofSeconds(intervalSeconds),
                false,
                Instant.ofEpochMilli(untilMillis),
                Optional.empty());
    }

    Instant begun() {
        return Instant.ofEpochMilli(begunMillis);
    }

    Instant next() {
        return Instant.ofEpochMilli(nextMillis);
    }
}
