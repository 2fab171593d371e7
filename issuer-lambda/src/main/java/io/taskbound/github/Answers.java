// SPDX-License-Identifier: Apache-2.0
package io.taskbound.github;

import io.taskbound.credential.CredentialRefused;
import io.taskbound.credential.CredentialUnavailable;
import io.taskbound.json.JsonObject;
import io.taskbound.outbound.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What the statuses of GitHub's answers mean; of their texts only known words are looked for, and none is repeated. */
final class Answers {
    /** What GitHub asks for where its answer names no time. */
    private static final Duration USUAL_WAIT = Duration.ofMinutes(1);

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private Answers() {}

    /** Whether too much was asked for: the primary limit or a secondary one, which are 403 or 429 both. */
    static boolean isRateLimited(Reply reply) {
        return reply.status() == 429
                || (reply.status() == 403
                        && (reply.header("retry-after").isPresent()
                                || isUsedUp(reply)
                                || message(reply).contains("rate limit")));
    }

    private static boolean isUsedUp(Reply reply) {
        return reply.header("x-ratelimit-remaining").filter("0"::equals).isPresent();
    }

    static CredentialUnavailable rateLimited(String step, Reply reply, Instant now) {
        return new CredentialUnavailable(
                step + ": " + reply.status() + ", rate limit", false, Optional.of(wait(reply, now)));
    }

    private static Duration wait(Reply reply, Instant now) {
        var asked = number(reply, "retry-after").map(Duration::ofSeconds);
        var reset = number(reply, "x-ratelimit-reset")
                .filter(any -> isUsedUp(reply))
                .map(second -> Duration.between(now, Instant.ofEpochSecond(second)));
        var wait = asked.or(() -> reset).orElse(USUAL_WAIT);
        if (wait.compareTo(LONGEST_WAIT) > 0) {
            return LONGEST_WAIT;
        }
        return wait.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : wait;
    }

    /** Up to twelve digits: enough for a time, and for no overflow. */
    private static Optional<Long> number(Reply reply, String header) {
        return reply.header(header)
                .filter(text -> !text.isEmpty() && text.length() <= 12)
                .filter(text -> text.chars().allMatch(c -> c >= '0' && c <= '9'))
                .map(Long::parseLong);
    }

    /** The App's JWT was not taken. */
    static CredentialRefused notTheApp(String step) {
        return new CredentialRefused(
                "GitHub does not accept the App's key; whoever operates the issuer checks that the imported key is one"
                        + " of this App (app_id in the policy), that it was not deleted at GitHub, and the issuer's"
                        + " clock.",
                step + ": 401");
    }

    static CredentialRefused noSuchApp(String step) {
        return new CredentialRefused(
                "GitHub knows no such App there; whoever operates the issuer checks app_id and api_url in the policy.",
                step + ": 404");
    }

    static CredentialRefused suspended(String owner, String detail) {
        return new CredentialRefused(
                "The GitHub App's installation in " + owner + " is suspended; an owner of " + owner
                        + " or the App's owner lifts that at GitHub.",
                detail);
    }

    static CredentialRefused notInstalled(String owner, String detail) {
        return new CredentialRefused(
                "The GitHub App is not installed in " + owner + "; an owner of " + owner + " installs it.", detail);
    }

    /** 422 of {@code access_tokens}. */
    static CredentialRefused notGranted(Reply reply, String owner) {
        var message = message(reply);
        if (message.contains("permission")) {
            return new CredentialRefused(
                    "The GitHub App does not have the permissions of this task in " + owner + "; the App's owner adds"
                            + " them to the App, and an owner of " + owner + " accepts them.",
                    "access_tokens: 422, permissions");
        }
        if (message.contains("repositor")) {
            return new CredentialRefused(
                    "A repository of this task does not exist, or the GitHub App is not installed in it; an owner of "
                            + owner + " adds it to the App's installation.",
                    "access_tokens: 422, repositories");
        }
        return new CredentialRefused(
                "GitHub does not give the App these permissions in these repositories of " + owner + ".",
                "access_tokens: 422");
    }

    private static String message(Reply reply) {
        return reply.json()
                .filter(JsonObject.class::isInstance)
                .flatMap(json -> ((JsonObject) json).string("message"))
                .orElse("")
                .toLowerCase(Locale.ROOT);
    }

    /** Whether GitHub itself does not take the App's JWT. */
    static boolean refusesTheApp(Reply reply) {
        return reply.status() == 401 && !message(reply).isEmpty();
    }

    /** Whether GitHub says that there is no such token (any more): any other 401 may be of something in between. */
    static boolean saysGone(Reply reply) {
        return reply.status() == 204 || (reply.status() == 401 && message(reply).equals("bad credentials"));
    }
}
