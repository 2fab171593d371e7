// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.review;

import io.taskbound.cli.cloud.AwsFault;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** Finds a decision in the function's log group, which CloudWatch Logs searches page by page. */
final class LogGroupSearch {
    /** As API Gateway, Lambda and the issuer make request ids; what may stand between the quotes of a filter. */
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9_=+/.:-]{1,128}");

    private static final int PAGES_WITHOUT_A_WORD = 20;

    private final CloudWatchLogsClient logs;
    private final CommandContext context;

    LogGroupSearch(CloudWatchLogsClient logs, CommandContext context) {
        this.logs = logs;
        this.context = context;
    }

    /** @param since how long ago the request was made at most */
    JsonObject find(String group, String requestId, Duration since) throws Complaint {
        if (!REQUEST_ID.matcher(requestId).matches()) {
            throw Complaint.usage(
                    "Not a request id: " + Printable.typed(requestId) + ".",
                    "Copy it from the refusal: it has only letters, digits and _=+/.:-");
        }
        try {
            return search(group, requestId, since).orElseThrow(() -> absent(group, since));
        } catch (ResourceNotFoundException notThere) {
            throw Complaint.refused(
                    "There is no log group " + Printable.of(group) + " here.",
                    "Check its name and the region; the stack's output AuditLogGroup shows it.");
        } catch (SdkException e) {
            throw unreadable(group, AwsFault.of(e));
        }
    }

    private Optional<JsonObject> search(String group, String requestId, Duration since) {
        var now = context.clock().instant();
        var request = FilterLogEventsRequest.builder()
                .logGroupName(group)
                // Quoted, so that no character of it is an operator; the field itself is compared below.
                .filterPattern('"' + requestId + '"')
                .startTime(now.minus(since).toEpochMilli())
                .endTime(now.toEpochMilli())
                .build();
        for (int page = 1; ; page++) {
            var answer = logs.filterLogEvents(request);
            var found = decision(answer, requestId);
            var next = Optional.ofNullable(answer.nextToken()).filter(token -> !token.isEmpty());
            if (found.isPresent() || next.isEmpty()) {
                return found;
            }
            if (page % PAGES_WITHOUT_A_WORD == 0) {
                context.warn("Still searching " + Printable.of(group) + ": " + page + " pages so far.");
            }
            request = request.toBuilder().nextToken(next.get()).build();
        }
    }

    private static Optional<JsonObject> decision(FilterLogEventsResponse page, String requestId) {
        return page.events().stream()
                .flatMap(event -> AuditSearch.decision(event.message(), requestId).stream())
                .reduce((earlier, later) -> later);
    }

    private static Complaint unreadable(String group, AwsFault fault) {
        return Complaint.refused(
                "The log group " + Printable.of(group) + " cannot be read: " + fault.what() + ".",
                fault.remedy("Check its name, the region, and that your AWS credentials allow logs:FilterLogEvents on"
                        + " it."));
    }

    private static Complaint absent(String group, Duration since) {
        return Complaint.refused(
                "The log group " + Printable.of(group) + " has no decision with this request id in the last "
                        + since.toMinutes() + " minutes.",
                "Check the id and the region, and look further back with --since, for example --since 7d.");
    }
}
