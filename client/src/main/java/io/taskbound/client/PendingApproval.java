// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import io.taskbound.client.internal.JsonObject;
import io.taskbound.client.internal.Printable;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the issuer says while people have yet to approve a request (the codes and the interval are those of RFC 8628
 * section 3.5). Made of an answer that was read strictly; foreign text is printable.
 *
 * @param id names exactly what is to be approved; no secret, it gives no access
 * @param uri the page on which it is shown and decided on; empty unless the answer's is below the issuer's own URL
 * @param approvers the policy's names of the groups whose members may approve; at least one
 * @param needed how many different people must approve
 * @param given how many have
 * @param interval how long to wait before asking again; 1 s to 5 min
 * @param slowDown the issuer was asked too soon: from now on wait 5 s longer than before
 * @param until when nobody can approve it any more; never later than the issuer's own time for that
 * @param requestId for the issuer's operator
 */
public record PendingApproval(
        String id,
        Optional<URI> uri,
        List<String> approvers,
        int needed,
        int given,
        Duration interval,
        boolean slowDown,
        Instant until,
        Optional<String> requestId) {
    static final String PENDING = "authorization_pending";
    static final String SLOW_DOWN = "slow_down";

    /** What RFC 8628 section 3.2 says where an answer names none. */
    private static final long DEFAULT_INTERVAL = 5;

    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(5);
    private static final long LONGEST = Duration.ofDays(1).toSeconds();
    private static final int MOST_PEOPLE = 100;
    private static final int MOST_GROUPS = 20;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}");
    private static final Pattern BELOW_ISSUER = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,199}){1,8}");

    /** Refuses an id or an interval that is not as said above with {@link IllegalArgumentException}. */
    public PendingApproval {
        approvers = List.copyOf(approvers);
        if (!isId(id)) {
            throw new IllegalArgumentException("id must be 22 and 43 characters of base64url");
        }
        if (interval.toSeconds() < 1 || interval.compareTo(LONGEST_INTERVAL) > 0) {
            throw new IllegalArgumentException("interval must be 1 s to 5 min");
        }
    }

    /** Whether a text has the form of an approval's id. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** The code of an answer that asks for patience. */
    static boolean isCode(String code) {
        return code.equals(PENDING) || code.equals(SLOW_DOWN);
    }

    /**
     * Empty when the answer is not whole.
     *
     * @param sentAt from which the issuer's seconds are counted
     */
    static Optional<PendingApproval> from(JsonObject body, IssuerUrl issuer, Instant sentAt) {
        var id = idOf(body);
        var interval = body.has("interval") ? body.whole("interval") : Optional.of(DEFAULT_INTERVAL);
        var left = body.whole("expires_in").filter(value -> value >= 0 && value <= LONGEST);
        var needed = people(body, "approvals_needed").filter(count -> count > 0);
        var given = people(body, "approvals_given");
        var approvers = body.texts("approvers").filter(names -> !names.isEmpty() && names.size() <= MOST_GROUPS);
        if (id.isEmpty()
                || interval.isEmpty()
                || left.isEmpty()
                || needed.isEmpty()
                || given.isEmpty()
                || approvers.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PendingApproval(
                id.get(),
                body.text("approval_uri").flatMap(text -> below(issuer, text)),
                approvers.get().stream().map(Printable::of).toList(),
                needed.get(),
                given.get(),
                bounded(interval.get()),
                body.text("error").filter(SLOW_DOWN::equals).isPresent(),
                sentAt.plusSeconds(left.get()),
                Refusal.requestId(body)));
    }

    /** The approval that an answer speaks of. */
    static Optional<String> idOf(JsonObject body) {
        return body.text("approval_id").filter(PendingApproval::isId);
    }

    private static Optional<Integer> people(JsonObject body, String name) {
        return body.whole(name)
                .filter(count -> count >= 0 && count <= MOST_PEOPLE)
                .map(Long::intValue);
    }

    private static Duration bounded(long seconds) {
        return Duration.ofSeconds(Math.max(1, Math.min(seconds, LONGEST_INTERVAL.toSeconds())));
    }

    /** Whoever answers for the issuer must not send people to somebody else's page. */
    static Optional<URI> below(IssuerUrl issuer, String text) {
        var root = issuer.toString();
        return text.startsWith(root)
                        && BELOW_ISSUER.matcher(text.substring(root.length())).matches()
                ? Optional.of(URI.create(text))
                : Optional.empty();
    }
}
