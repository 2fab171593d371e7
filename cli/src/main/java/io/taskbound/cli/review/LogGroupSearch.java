// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.review;

import io.taskbound.cli.cloud.LogsApi;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;

/** Finds a decision in the function's log group, which CloudWatch Logs searches page by page. */
final class LogGroupSearch {
    /** As API Gateway, Lambda and the issuer make request ids; what may stand between the quotes of a filter. */
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9_=+/.:-]{1,128}");

    private static final int PAGES_WITHOUT_A_WORD = 20;

    private final LogsApi logs;
    private final CommandContext surroundings;

    LogGroupSearch(LogsApi logs, CommandContext surroundings) {
        this.logs = logs;
        this.surroundings = surroundings;
    }

    /** @param since how long ago the request was made at most */
    JsonObject find(String group, String requestId, Duration since) throws Complaint {
        if (!REQUEST_ID.matcher(requestId).matches()) {
            throw Complaint.usage(
                    "Not a request id.", "Copy it from the refusal: it has only letters, digits and _=+/.:-");
        }
        try {
            return search(group, requestId, since).orElseThrow(() -> absent(group, since));
        } catch (LogsApi.Refused refused) {
            throw refused.code().equals("ResourceNotFoundException")
                    ? Complaint.refused(
                            "There is no log group " + Printable.of(group) + " here.",
                            "Check its name and the region; the stack's output AuditLogGroup shows it.")
                    : unreadable(group, refused.code() + " " + refused.getMessage());
        } catch (SdkException noCredentials) {
            throw unreadable(group, String.valueOf(noCredentials.getMessage()));
        }
    }

    private Optional<JsonObject> search(String group, String requestId, Duration since) throws LogsApi.Refused {
        var now = surroundings.clock().instant();
        Optional<String> next = Optional.empty();
        for (int page = 1; ; page++) {
            var answer = logs.call("FilterLogEvents", request(group, requestId, now.minus(since), now, next));
            var found = decision(answer, requestId);
            next = answer.string("nextToken").filter(token -> !token.isEmpty());
            if (found.isPresent() || next.isEmpty()) {
                return found;
            }
            if (page % PAGES_WITHOUT_A_WORD == 0) {
                surroundings.warn("Still searching " + Printable.of(group) + ": " + page + " pages so far.");
            }
        }
    }

    private static JsonObject request(
            String group, String requestId, Instant from, Instant to, Optional<String> nextPage) {
        return JsonObject.builder()
                .put("logGroupName", group)
                // Quoted, so that its signs are no operators; the field itself is compared below.
                .put("filterPattern", '"' + requestId + '"')
                .put("startTime", from.toEpochMilli())
                .put("endTime", to.toEpochMilli())
                .putIfPresent("nextToken", nextPage)
                .build();
    }

    private static Optional<JsonObject> decision(JsonObject page, String requestId) {
        return page.array("events").orElse(JsonArray.EMPTY).items().stream()
                .flatMap(event -> event instanceof JsonObject object
                        ? object.string("message").stream()
                        : Optional.<String>empty().stream())
                .flatMap(line -> AuditSearch.decision(line, requestId).stream())
                .reduce((earlier, later) -> later);
    }

    private static Complaint unreadable(String group, String why) {
        return Complaint.refused(
                "The log group " + Printable.of(group) + " cannot be read: " + Printable.of(why) + ".",
                "Check its name, the region, and that your AWS credentials allow logs:FilterLogEvents on it.");
    }

    private static Complaint absent(String group, Duration since) {
        return Complaint.refused(
                "The log group " + Printable.of(group) + " has no decision with this request id in the last "
                        + since.toMinutes() + " minutes.",
                "Check the id and the region, and look further back with --since, for example --since 7d.");
    }
}
