// SPDX-License-Identifier: Apache-2.0
package io.taskbound.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.audit.Reason;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import io.taskbound.metrics.ReasonMetric;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every alarm watches what somebody writes, says what it means and has its place in docs/runbook.md. */
class AlarmsTest {
    private static final Pattern HEADING = Pattern.compile("(?m)^## (\\w+)$");
    private static final Pattern MARKED = Pattern.compile("(?m)^\\| `([a-z_-]+)` \\| \\*\\*alarm\\*\\*");
    private static final long A_DAY = 86_400;
    private static final Map<String, JsonObject> ALARMS = Template.resources("AWS::CloudWatch::Alarm");

    /** Not the one of a rollout, which watches a version of the function that only AWS can name. */
    private static final Map<String, JsonObject> ALARMS_OF_THE_STACK = ALARMS.entrySet().stream()
            .filter(alarm -> !alarm.getKey().equals("RolloutErrors"))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

    @Test
    void everythingThatMustNotLastHasItsAlarm() {
        assertThat(ALARMS.keySet())
                .contains(
                        "SignedButUnknown",
                        "ProviderKeyChanged",
                        "CopiedToken",
                        "PolicyRefused",
                        "PolicyUnavailable",
                        "SignerUnavailable",
                        "LedgerUnavailable",
                        "ProviderKeysUnavailable",
                        "CredentialServiceUnavailable",
                        "FunctionErrors",
                        "FunctionThrottles",
                        "SlowFunction",
                        "ApiErrors",
                        "RotationFailed",
                        "RotationOverdue",
                        "OutlivedTokens",
                        "MissingClose",
                        "SweepFailed",
                        "SweepBehind",
                        "SweepOverdue");
    }

    @Test
    void everyAlarmHasItsEntryInTheRunbookAndNoOtherIsThere() {
        assertThat(HEADING.matcher(Template.text("docs/runbook.md")).results().map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(ALARMS.keySet());
    }

    @Test
    void everyDescriptionSaysWhatItMeansAndLeadsThere() {
        ALARMS.forEach((name, alarm) -> assertThat(Template.substituted(Template.properties(alarm), "AlarmDescription"))
                .as(name)
                .matches("[A-Z].{20,}\\. Runbook: RunbookUrl#" + name.toLowerCase(Locale.ROOT)));
    }

    @Test
    void everyMetricIsOneThatSomebodyWrites() {
        ALARMS_OF_THE_STACK.forEach((name, alarm) ->
                assertThat(counted(alarm)).as(name).isNotEmpty().allMatch(Counted::isWritten));
    }

    @Test
    void everyReasonWithAMetricOfItsOwnHasAnAlarmOnIt() {
        for (var reason : Reason.values()) {
            ReasonMetric.of(reason)
                    .ifPresent(counted -> assertThat(
                                    ALARMS_OF_THE_STACK.values().stream().flatMap(AlarmsTest::counted))
                            .as(reason.wire())
                            .anyMatch(watched -> isOf(watched, counted)));
        }
    }

    private static boolean isOf(Counted watched, ReasonMetric counted) {
        return watched.isOf(counted.metric())
                && counted.part()
                        .map(part -> part.wire().equals(watched.dimensions().get("Part")))
                        .orElse(true);
    }

    /** One such line is enough to raise its alarm; what is out of reach raises one when it lasts. */
    @Test
    void docsAuditMarksTheReasonsThatAreAlarmsByThemselves() {
        var alarms = Arrays.stream(Reason.values())
                .filter(reason -> ReasonMetric.of(reason)
                        .filter(counted -> counted.part().isEmpty())
                        .isPresent())
                .map(Reason::wire);

        assertThat(MARKED.matcher(Template.text("docs/audit.md")).results().map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(alarms.toList());
    }

    /** What is counted only when it happens is missing on a good day; of a schedule, silence is the fault. */
    @Test
    void silenceIsGoodNewsButForWhatAScheduleRuns() {
        ALARMS.forEach((name, alarm) -> assertThat(Template.properties(alarm).string("TreatMissingData"))
                .as(name)
                .contains(name.endsWith("Overdue") ? "breaching" : "notBreaching"));
    }

    @Test
    void everyAlarmIsToldToTheTopicIfThereIsOne() {
        ALARMS.forEach((name, alarm) -> assertThat(JsonText.of(
                        Template.properties(alarm).object("AlarmActions").orElseThrow()))
                .as(name)
                .isEqualTo("{\"Fn::If\":[\"HasAlarmTopic\",[{\"Ref\":\"AlarmTopic\"}],{\"Ref\":\"AWS::NoValue\"}]}"));
    }

    /** A day at most, or seven where the period is an hour or more; multiples of a minute. */
    @Test
    void theTimesAreThoseThatCloudWatchTakes() {
        ALARMS.forEach((name, alarm) -> {
            long evaluations =
                    Template.properties(alarm).wholeNumber("EvaluationPeriods").orElseThrow();
            assertThat(periods(alarm))
                    .as(name)
                    .isNotEmpty()
                    .allMatch(period ->
                            period % 60 == 0 && period * evaluations <= (period >= 3_600 ? 7 * A_DAY : A_DAY));
        });
    }

    @Test
    void anAnswerIsSlowAtHalfTheTimeout() {
        long timeout =
                Template.properties("IssuerFunction").wholeNumber("Timeout").orElseThrow();

        assertThat(Template.properties(ALARMS.get("SlowFunction")).wholeNumber("Threshold"))
                .hasValue(timeout * 1_000 / 2);
    }

    private static Stream<Long> periods(JsonObject alarm) {
        return metrics(alarm).map(metric -> metric.wholeNumber("Period").orElseThrow());
    }

    private static Stream<Counted> counted(JsonObject alarm) {
        return metrics(alarm)
                .map(stat -> stat.object("Metric").orElse(stat))
                .map(metric -> new Counted(
                        metric.string("Namespace").orElseThrow(),
                        metric.string("MetricName").orElseThrow(),
                        dimensions(metric)));
    }

    /** The alarm itself, or what its expression is made of. */
    private static Stream<JsonObject> metrics(JsonObject alarm) {
        var properties = Template.properties(alarm);
        return properties.array("Metrics").isEmpty()
                ? Stream.of(properties)
                : Dashboard.objects(properties.array("Metrics").orElseThrow()).stream()
                        .flatMap(metric -> metric.object("MetricStat").stream());
    }

    private static Map<String, String> dimensions(JsonObject metric) {
        var found = new LinkedHashMap<String, String>();
        Dashboard.objects(metric.array("Dimensions").orElseThrow())
                .forEach(one -> found.put(
                        one.string("Name").orElseThrow(), value(one.get("Value").orElseThrow())));
        return found;
    }

    private static String value(JsonValue value) {
        return value instanceof JsonString text
                ? text.value()
                : ((JsonObject) value)
                        .string("Ref")
                        .or(() -> ((JsonObject) value).string("Fn::Sub"))
                        .orElseThrow();
    }
}
