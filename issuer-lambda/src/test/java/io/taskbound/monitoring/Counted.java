// SPDX-License-Identifier: Apache-2.0
package io.taskbound.monitoring;

import io.taskbound.audit.Event;
import io.taskbound.audit.Reason;
import io.taskbound.issuer.ErrorCode;
import io.taskbound.ledger.Cause;
import io.taskbound.metrics.Metric;
import io.taskbound.metrics.UnavailablePart;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A metric as a dashboard or an alarm names it.
 *
 * @param dimensions their names and values, in order
 */
record Counted(String namespace, String name, Map<String, String> dimensions) {
    static final String OURS = "Taskbound";
    private static final String STACK = "AWS::StackName";

    /** What AWS itself counts of the parts of the stack, from its documentation: name and the one dimension. */
    private static final Map<String, Map<String, String>> OF_AWS = Map.of(
            "AWS/Lambda",
                    Map.of(
                            "Errors", "FunctionName",
                            "Throttles", "FunctionName",
                            "Invocations", "FunctionName",
                            "Duration", "FunctionName",
                            "ConcurrentExecutions", "FunctionName"),
            "AWS/ApiGateway", Map.of("4xx", "ApiId", "5xx", "ApiId", "4XXError", "ApiName", "5XXError", "ApiName"),
            "AWS/DynamoDB", Map.of("ReadThrottleEvents", "TableName", "WriteThrottleEvents", "TableName"),
            "AWS/SQS", Map.of("ApproximateNumberOfMessagesVisible", "QueueName"));

    /** Whether somebody writes this very set of name and dimensions. */
    boolean isWritten() {
        return namespace.equals(OURS)
                ? Arrays.stream(Metric.values()).anyMatch(this::isOf)
                : OF_AWS.getOrDefault(namespace, Map.of())
                        .getOrDefault(name, "")
                        .equals(String.join(",", dimensions.keySet()));
    }

    boolean isOf(Metric metric) {
        if (!namespace.equals(OURS) || !metric.wire().equals(name) || !STACK.equals(dimensions.get("Issuer"))) {
            return false;
        }
        var second = metric.dimension();
        return second.isEmpty()
                ? dimensions.size() == 1
                : List.copyOf(dimensions.keySet()).equals(List.of("Issuer", second.get()))
                        && values(second.get()).contains(dimensions.get(second.get()));
    }

    /** The values that the code gives a dimension. */
    static Set<String> values(String dimension) {
        return switch (dimension) {
            case "Event" ->
                wires(
                        EnumSet.complementOf(EnumSet.of(
                                        Event.POLICY, Event.ENDED, Event.MISSING_CLOSE, Event.CREDENTIAL_END))
                                .stream()
                                .map(Event::wire));
            case "Code" ->
                wires(Stream.concat(
                        EnumSet.complementOf(EnumSet.of(
                                        ErrorCode.SERVER_ERROR,
                                        ErrorCode.TEMPORARILY_UNAVAILABLE,
                                        // Whoever waits for people is not refused.
                                        ErrorCode.AUTHORIZATION_PENDING,
                                        ErrorCode.SLOW_DOWN))
                                .stream()
                                .map(ErrorCode::wire),
                        // An invalid_client, counted apart.
                        Stream.of(Reason.UNKNOWN_SERVER.wire())));
            case "Part" -> wires(Arrays.stream(UnavailablePart.values()).map(UnavailablePart::wire));
            case "Cause" ->
                // What the clock ended, nobody closed.
                wires(EnumSet.complementOf(EnumSet.of(Cause.LAPSED, Cause.EXPIRED)).stream()
                        .map(Cause::wire));
            default -> throw new IllegalArgumentException("which values has the dimension " + dimension + "?");
        };
    }

    private static Set<String> wires(Stream<String> values) {
        return values.collect(Collectors.toUnmodifiableSet());
    }
}
