// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.taskbound.client.CloseOutcome;
import io.taskbound.client.GrantedToken;
import io.taskbound.client.receipt.VerifiedReceipt;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What the build page tells about one token. No secret: it names the token by its handle. */
@ExportedBean(defaultVisibility = 2)
public final class TaskTokenRecord implements Serializable {
    private static final long serialVersionUID = 1;

    private final String task;
    private final List<String> targets;
    private final String place;
    private final String handle;
    private final String policy;
    private final String issuer;
    private final String local;
    private final String credentialsId;
    private final String issued;
    private final String expires;
    private @CheckForNull String closedBy;
    private @CheckForNull Long livedMillis;
    private @CheckForNull String notClosed;
    private @CheckForNull String ended;
    private @CheckForNull String cause;
    private @CheckForNull String receipt;
    private @CheckForNull String issuerSays;

    TaskTokenRecord(TokenRequest wanted, String place, GrantedToken granted, TokenKey key, Instant now) {
        this.task = wanted.task();
        // A plain list: the build's XML would else name an inner class of the JDK.
        this.targets = new ArrayList<>(granted.details().stream()
                .map(detail -> String.join(", ", detail.actions()) + " " + detail.identifier())
                .toList());
        this.place = place;
        // Each by itself: what writes the build's XML cannot read a Java record again.
        this.handle = key.handle();
        this.issuer = key.issuer();
        this.local = key.local().toString();
        this.policy = TokenClaims.policy(granted.token());
        this.credentialsId = wanted.credentialsId();
        this.issued = second(now);
        this.expires = second(granted.expiresAt());
    }

    @Exported
    public String getTask() {
        return task;
    }

    /** Each with its actions. */
    @Exported
    public List<String> getTargets() {
        return targets;
    }

    /** The stages and branches around its block, the outermost first; empty outside of all. */
    @Exported
    public String getPlace() {
        return place;
    }

    @Exported
    public String getHandle() {
        return handle;
    }

    /** The version that allowed it; empty where the issuer does not say. */
    @Exported
    public String getPolicy() {
        return policy;
    }

    @Exported
    public String getIssuer() {
        return issuer;
    }

    @Exported
    public String getIssued() {
        return issued;
    }

    @Exported
    public String getExpires() {
        return expires;
    }

    /** Empty while the token is held. */
    @Exported
    @CheckForNull
    public String getClosedBy() {
        return closedBy;
    }

    /** Why it could not be closed; empty unless somebody tried. */
    @Exported
    @CheckForNull
    public String getNotClosed() {
        return closedBy == null ? notClosed : null;
    }

    /**
     * What became of it, for people.
     *
     * @param held whether the build still runs
     */
    String end(boolean held, Instant now) {
        if (closedBy != null) {
            return closedBy;
        }
        String last = Times.forPeople(expires);
        String open = notClosed == null
                ? held ? Messages.TaskTokenRecord_Held() : Messages.TaskTokenRecord_LeftOpen()
                : notClosed;
        return now.isBefore(Instant.parse(expires))
                ? Messages.TaskTokenRecord_Expires(open, last)
                : Messages.TaskTokenRecord_Expired(open, last);
    }

    /**
     * When it ended: when the build closed it or, with a receipt, from when on it was dead as the issuer says, also if
     * somebody closed it later. Empty while it is held, and where it had ended before anybody closed it and there is no
     * receipt.
     */
    @Exported
    @CheckForNull
    public String getEnded() {
        return ended;
    }

    /** Why it ended, in the word of the receipt, such as {@code holder} or {@code spent}; empty without one. */
    @Exported
    @CheckForNull
    public String getCause() {
        return cause;
    }

    /** How long it lived, as far as known; with a receipt, as the issuer says. */
    @Exported
    @CheckForNull
    public Long getLivedMillis() {
        return livedMillis;
    }

    /** For people; empty where nobody knows. */
    public String getLived() {
        return livedMillis == null
                ? ""
                : Duration.ofMillis(livedMillis).toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }

    /** The signed receipt, a DSSE envelope; empty unless the step asked for it. No secret. */
    @Exported
    @CheckForNull
    public String getReceipt() {
        return receipt;
    }

    /** Why it ended and how often it was used, as the receipt says, for people; empty without one. */
    @Exported
    @CheckForNull
    public String getIssuerSays() {
        return issuerSays;
    }

    void receipt(String text, VerifiedReceipt said) {
        receipt = text;
        said.end().ifPresent(end -> {
            Instant dead = end.deadSince().orElse(end.at());
            ended = second(dead);
            cause = end.cause();
            livedMillis = Duration.between(said.issued(), dead).toMillis();
        });
        issuerSays = ReceiptWords.of(said);
    }

    /** Not longer than it can have lived. */
    Duration age(Instant now) {
        Instant end = Instant.parse(expires);
        return Duration.between(Instant.parse(issued), now.isBefore(end) ? now : end);
    }

    TokenKey key() {
        return new TokenKey(issuer, handle, UUID.fromString(local));
    }

    String credentialsId() {
        return credentialsId;
    }

    boolean isOpen() {
        return closedBy == null;
    }

    /** What nobody closed stays open, so that the end of the run tries again. */
    void ended(CloseOutcome outcome, TokenEnd by, Optional<Duration> lived, Instant now) {
        Optional<String> failure = outcome.match(
                closed -> Optional.empty(), dead -> Optional.empty(), failed -> Optional.of(failed.why()));
        if (failure.isPresent()) {
            notClosed = "could not be closed by " + by.words() + ": " + failure.get();
            return;
        }
        closedBy = outcome.match(closed -> by.words(), dead -> "had already ended", failed -> failed.why());
        ended = outcome.match(closed -> second(now), dead -> null, failed -> null);
        livedMillis = lived.map(Duration::toMillis).orElse(null);
    }

    private static String second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
