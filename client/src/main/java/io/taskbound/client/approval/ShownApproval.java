// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.approval;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What the issuer shows to a person who may approve: exactly what would be done, by whom, and how far it is. Foreign
 * text is printable, and {@link #text} is shown as it is or not at all.
 *
 * @param id of the approval; no secret
 * @param uri its page; empty unless below the issuer's own URL
 * @param state such as {@code pending}, {@code approved}, {@code denied}, {@code used}, {@code expired}; open
 * @param text lines separated by line feeds: the words that a decision is about
 * @param requestedAt when the step asked for it
 * @param until when nobody can decide on it any more
 * @param approvers the policy's names of the groups whose members may decide
 * @param needed how many different people must approve
 * @param mayApprove whether this person may approve it now
 * @param mayDeny whether this person may deny it now: also after an approval that is not used yet, which is taken back
 * @param why this person may not approve it, as a sentence of the issuer
 * @param decisions that were recorded, the oldest first
 */
public record ShownApproval(
        String id,
        Optional<URI> uri,
        String state,
        String task,
        String text,
        Instant requestedAt,
        Instant until,
        List<String> approvers,
        int needed,
        boolean mayApprove,
        boolean mayDeny,
        Optional<String> why,
        List<RecordedDecision> decisions) {
    public ShownApproval {
        approvers = List.copyOf(approvers);
        decisions = List.copyOf(decisions);
    }

    /** A decision of a person. */
    public record RecordedDecision(
            boolean approves, Instant at, String provider, String name, Optional<String> comment) {}

    /** How many people have approved. */
    public long given() {
        return decisions.stream().filter(RecordedDecision::approves).count();
    }

    /** Base64url of the SHA-256 of the text: the proof that this text was shown, made of the text and nothing else. */
    public String textHash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
