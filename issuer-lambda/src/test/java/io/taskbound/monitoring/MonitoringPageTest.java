// SPDX-License-Identifier: Apache-2.0
package io.taskbound.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonObject;
import io.taskbound.metrics.Metric;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/monitoring.md names every metric and query, and its bill is that of the code and the template. */
class MonitoringPageTest {
    private static final String PAGE = Template.text("docs/monitoring.md");
    private static final Pattern NAME = Pattern.compile("`([A-Za-z_]+)`");
    private static final BigDecimal SET = new BigDecimal("0.30");
    private static final BigDecimal ALARM_METRIC = new BigDecimal("0.10");
    private static final BigDecimal DASHBOARD = new BigDecimal("3.00");

    @Test
    void everyMetricIsExplainedAndNoOther() {
        var wires = Arrays.stream(Metric.values()).map(Metric::wire).collect(Collectors.toSet());

        assertThat(rows("metric").flatMap(row -> names(row.get(0)))).containsExactlyInAnyOrderElementsOf(wires);
    }

    @Test
    void everySecondDimensionIsExplainedWithItsValues() {
        for (var metric : Metric.values()) {
            metric.dimension().ifPresent(dimension -> {
                var explained = rows("metric")
                        .filter(row -> names(row.get(0)).anyMatch(metric.wire()::equals))
                        .flatMap(row -> names(row.get(3)))
                        .collect(Collectors.toSet());
                assertThat(explained).contains(dimension);
                if (dimension.equals("Part") || dimension.equals("Cause")) {
                    assertThat(explained).containsAll(Counted.values(dimension));
                }
            });
        }
    }

    @Test
    void everyQueryIsListedAndNoOther() {
        var names = Template.resources("AWS::Logs::QueryDefinition").values().stream()
                .map(query -> Template.substituted(Template.properties(query), "Name"))
                .map(name -> name.replace("AWS::StackName/", ""))
                .toList();

        assertThat(rows("query").map(row -> row.get(0))).containsExactlyElementsOf(names);
    }

    @Test
    void theBillIsThatOfTheCodeAndTheTemplate() {
        var sets = Arrays.stream(Metric.values())
                .mapToInt(metric -> metric.dimension()
                        .map(name -> Counted.values(name).size())
                        .orElse(1))
                .sum();
        var watched = Template.resources("AWS::CloudWatch::Alarm").values().stream()
                .filter(alarm -> !alarm.has("Condition"))
                .mapToInt(MonitoringPageTest::watched)
                .sum();
        var bill = rows("part").map(row -> row.get(3)).toList();

        assertThat(bill)
                .containsExactly(
                        dollars(price(SET, sets)),
                        dollars(price(ALARM_METRIC, watched)),
                        dollars(DASHBOARD),
                        "**"
                                + dollars(price(SET, sets)
                                        .add(price(ALARM_METRIC, watched))
                                        .add(DASHBOARD)) + "**");
        assertThat(PAGE).contains("are\n" + sets + " sets");
    }

    private static int watched(JsonObject alarm) {
        return Template.properties(alarm)
                .array("Metrics")
                .map(metrics -> (int) Dashboard.objects(metrics).stream()
                        .filter(metric -> metric.has("MetricStat"))
                        .count())
                .orElse(1);
    }

    private static BigDecimal price(BigDecimal each, int number) {
        return each.multiply(BigDecimal.valueOf(number));
    }

    private static String dollars(BigDecimal price) {
        return String.format(Locale.ROOT, "$%.2f", price);
    }

    /** The rows of the table whose first column has this head. */
    private static Stream<List<String>> rows(String head) {
        return PAGE.split("\\| " + head + " \\|", 2)[1]
                .split("\\R\\R", 2)[0]
                .lines()
                .skip(2)
                .map(row -> Arrays.stream(row.split("\\|", -1))
                        .map(String::strip)
                        .skip(1)
                        .toList());
    }

    private static Stream<String> names(String cell) {
        return NAME.matcher(cell).results().map(name -> name.group(1));
    }
}
