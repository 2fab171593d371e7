// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.util.Arrays;
import java.util.Map;

/** What a {@link GithubTrouble} makes of the answer that would have been right. */
final class Misbehaviour {
    private static final int HUGE_BYTES = 8 * 1024 * 1024;
    private static final String WEB_PAGE = "<html><body>Please sign in</body></html>";
    private static final String LIMIT = "You have exceeded a secondary rate limit. Please wait a few minutes.";

    private Misbehaviour() {}

    /** Whether it happens instead of what was asked. */
    static boolean isBefore(GithubTrouble trouble) {
        return switch (trouble) {
            case DOWN,
                    WEB_PAGE,
                    LOGIN_PAGE,
                    GATEWAY_LOGIN,
                    ERROR,
                    UNAVAILABLE,
                    REDIRECTS,
                    SECONDARY_LIMIT,
                    SECONDARY_LIMIT_WITHOUT_TIME,
                    TOO_MANY,
                    USED_UP -> true;
            default -> false;
        };
    }

    static Answer instead(GithubTrouble trouble, Clock clock) {
        return switch (trouble) {
            case WEB_PAGE -> Answer.page(200, WEB_PAGE);
            case LOGIN_PAGE -> Answer.page(401, WEB_PAGE);
            case GATEWAY_LOGIN -> Answer.message(401, "Unauthorized");
            case ERROR -> Answer.message(500, "Server Error");
            case UNAVAILABLE -> Answer.page(503, "<html><body>No server is currently available</body></html>");
            case REDIRECTS -> Answer.empty(302).header("Location", "/elsewhere");
            case SECONDARY_LIMIT -> Answer.message(403, LIMIT).header("Retry-After", "37");
            case SECONDARY_LIMIT_WITHOUT_TIME -> Answer.message(403, LIMIT);
            case TOO_MANY -> Answer.message(429, "Too Many Requests");
            case USED_UP ->
                Answer.message(403, "API rate limit exceeded for installation.")
                        .header("x-ratelimit-remaining", "0")
                        .header(
                                "x-ratelimit-reset",
                                Long.toString(clock.instant().getEpochSecond() + 90));
            default -> throw new IllegalArgumentException(trouble + " is none that comes instead");
        };
    }

    static Answer after(GithubTrouble trouble, Answer right) {
        return switch (trouble) {
            case BROKEN_JSON -> right.body(Arrays.copyOf(right.body(), right.body().length / 2));
            case HUGE -> right.body((" ".repeat(HUGE_BYTES) + new String(right.body(), UTF_8)).getBytes(UTF_8));
            case WRONG_TYPES -> Answer.json(right.status(), Map.of("token", Map.of(), "message", 7));
            default -> right;
        };
    }
}
