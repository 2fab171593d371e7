// SPDX-License-Identifier: Apache-2.0
package io.taskbound.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.metrics.Metric;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rules of CloudWatch's "dashboard body structure and syntax", and what the dashboard promises. */
class DashboardTest {
    private static final int COLUMNS = 24;
    private static final Pattern STATISTIC = Pattern.compile("Sum|Average|Maximum|Minimum|SampleCount|p[0-9]{1,2}");
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-f]{6}");
    private static final Pattern ID = Pattern.compile("[a-z][a-zA-Z0-9_]*");
    private static final Pattern NAME_IN_EXPRESSION = Pattern.compile("(?<![A-Za-z0-9_])[a-z][A-Za-z0-9_]*");

    @Test
    void theBodySaysNothingThatCloudWatchDoesNotKnow() {
        assertThat(Dashboard.body().members()).containsOnlyKeys("start", "periodOverride", "widgets");
        for (var widget : Dashboard.widgets()) {
            assertThat(widget.members()).containsOnlyKeys("x", "y", "width", "height", "type", "properties");
            var properties = Dashboard.properties(widget);
            switch (widget.string("type").orElseThrow()) {
                case "text" -> assertThat(properties.members()).containsOnlyKeys("markdown");
                case "alarm" -> assertThat(properties.members()).containsOnlyKeys("title", "sortBy", "alarms");
                case "metric" -> graph(properties);
                default -> throw new AssertionError(widget);
            }
        }
    }

    private static void graph(JsonObject properties) {
        assertThat(properties.members().keySet())
                .isSubsetOf(
                        "title",
                        "view",
                        "region",
                        "stat",
                        "period",
                        "stacked",
                        "metrics",
                        "yAxis",
                        "annotations",
                        "setPeriodToTimeRange",
                        "sparkline")
                .contains("title", "view", "region", "stat", "period", "metrics");
        assertThat(properties.string("view")).get().isIn("timeSeries", "singleValue");
        assertThat(properties.string("region")).contains("AWS::Region");
        assertThat(properties.string("stat").orElseThrow()).matches(STATISTIC);
        assertThat(properties.wholeNumber("period").orElseThrow() % 60).isZero();
        assertThat(properties.has("stacked"))
                .isEqualTo(properties.string("view").orElseThrow().equals("timeSeries"));
        properties
                .object("yAxis")
                .ifPresent(axis -> assertThat(
                                axis.object("left").orElseThrow().members().keySet())
                        .isSubsetOf("min", "max", "label", "showUnits"));
        properties
                .object("annotations")
                .ifPresent(lines -> Dashboard.objects(lines.array("horizontal").orElseThrow())
                        .forEach(line -> assertThat(line.members()).containsOnlyKeys("label", "value", "color")));
    }

    @Test
    void widgetsLieWithinTheGridAndNotOnEachOther() {
        var taken = new HashSet<List<Long>>();
        for (var widget : Dashboard.widgets()) {
            long left = number(widget, "x");
            long top = number(widget, "y");
            assertThat(left + number(widget, "width")).isLessThanOrEqualTo(COLUMNS);
            assertThat(number(widget, "height")).isBetween(1L, 1_000L);
            for (long x = left; x < left + number(widget, "width"); x++) {
                for (long y = top; y < top + number(widget, "height"); y++) {
                    assertThat(taken.add(List.of(x, y)))
                            .as("column %d, row %d", x, y)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void everyEntryIsNamesInPairsAndOptionsAtTheEnd() {
        for (var widget : Dashboard.widgets()) {
            var entries = Dashboard.entries(widget).toList();
            var ids = entries.stream()
                    .map(DashboardTest::options)
                    .flatMap(options -> options.string("id").stream())
                    .toList();
            assertThat(ids)
                    .doesNotHaveDuplicates()
                    .allMatch(id -> ID.matcher(id).matches());
            entries.forEach(entry -> entry(entry, Set.copyOf(ids)));
        }
    }

    private static void entry(List<JsonValue> entry, Set<String> ids) {
        var options = options(entry);
        assertThat(options.string("label")).isPresent();
        options.string("color").ifPresent(colour -> assertThat(colour).matches(COLOUR));
        options.string("stat").ifPresent(stat -> assertThat(stat).matches(STATISTIC));
        if (Dashboard.isMetric(entry)) {
            assertThat(options.members().keySet()).isSubsetOf("label", "color", "stat", "id", "visible");
            assertThat(entry.subList(0, entry.size() - 1)).hasOnlyElementsOfType(JsonString.class);
            assertThat(entry.size() % 2).as("names in pairs, and options").isOne();
        } else {
            assertThat(entry).hasSize(1);
            assertThat(options.members().keySet()).isSubsetOf("label", "color", "expression", "id");
            assertThat(NAME_IN_EXPRESSION
                            .matcher(options.string("expression").orElseThrow())
                            .results()
                            .map(found -> found.group()))
                    .isNotEmpty()
                    .isSubsetOf(ids);
        }
    }

    private static JsonObject options(List<JsonValue> entry) {
        return (JsonObject) entry.get(entry.size() - 1);
    }

    @Test
    void everyMetricIsOneThatSomebodyWrites() {
        assertThat(Dashboard.counted()).isNotEmpty().allMatch(Counted::isWritten);
    }

    @Test
    void everyMetricOfTheCodeIsShown() {
        var shown = Dashboard.counted().toList();
        assertThat(Metric.values()).allMatch(metric -> shown.stream().anyMatch(counted -> counted.isOf(metric)));
    }

    /** A verb, a code, a part or a cause that is not drawn would be missing from its graph. */
    @Test
    void whatIsToldApartIsShownInFull() {
        for (var dimension : List.of("Event", "Code", "Part", "Cause")) {
            assertThat(Dashboard.counted()
                            .filter(counted -> counted.dimensions().containsKey(dimension))
                            .map(counted -> counted.dimensions().get(dimension))
                            .collect(Collectors.toSet()))
                    .isEqualTo(Counted.values(dimension));
        }
    }

    @Test
    void everyAlarmThatEachStackHasIsShown() {
        var shown = new ArrayList<String>();
        Dashboard.widgets().stream()
                .flatMap(widget -> Dashboard.properties(widget).array("alarms").stream())
                .map(JsonArray::items)
                .forEach(alarms -> alarms.forEach(alarm -> shown.add(((JsonString) alarm).value())));

        var always = Template.resources("AWS::CloudWatch::Alarm").entrySet().stream()
                .filter(alarm -> !alarm.getValue().has("Condition"))
                .map(alarm -> "arn:AWS::Partition:cloudwatch:AWS::Region:AWS::AccountId:alarm:" + alarm.getKey())
                .toList();
        assertThat(shown).containsExactlyInAnyOrderElementsOf(always);
    }

    @Test
    void theThreeQuestionsAreItsHeadings() {
        var headings = Dashboard.widgets().stream()
                .flatMap(widget -> Dashboard.properties(widget).string("markdown").stream())
                .filter(text -> text.startsWith("## "))
                .toList();

        assertThat(headings)
                .startsWith("## 1 What is happening now", "## 2 What was refused", "## 3 What outlived its step");
    }

    @Test
    void theTimeoutThatIsDrawnIsTheFunctions() {
        long timeout =
                Template.properties("IssuerFunction").wholeNumber("Timeout").orElseThrow();
        var lines = Dashboard.widgets().stream()
                .flatMap(widget -> Dashboard.properties(widget).object("annotations").stream())
                .flatMap(annotations ->
                        Dashboard.objects(annotations.array("horizontal").orElseThrow()).stream())
                .filter(line -> line.string("label").orElseThrow().equals("timeout"))
                .map(line -> line.wholeNumber("value").orElseThrow());

        assertThat(lines).containsExactly(timeout * 1_000);
    }

    private static long number(JsonObject widget, String name) {
        return widget.wholeNumber(name).orElseThrow();
    }
}
