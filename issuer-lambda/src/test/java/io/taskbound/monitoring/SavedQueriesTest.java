// SPDX-License-Identifier: Apache-2.0
package io.taskbound.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.audit.Event;
import io.taskbound.audit.Outcome;
import io.taskbound.audit.Reason;
import io.taskbound.json.JsonObject;
import io.taskbound.metrics.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The saved queries read what the log groups hold, and their filters keep the lines that they are for. Logs Insights
 * itself is to be had from AWS alone: sorting and counting are not run here.
 */
class SavedQueriesTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]+) \\|");
    private static final Pattern NAME = Pattern.compile("`([a-zA-Z0-9_-]+)`");
    private static final Pattern ACCESS_LOG_FIELD = Pattern.compile("\"([a-z_]+)\":\"\\$context");
    private static final Set<String> OF_THE_NEAREST_RULE =
            Set.of("nearest.rule", "nearest.path", "nearest.expected", "nearest.actual");
    private static final Map<String, JsonObject> QUERIES = Template.resources("AWS::Logs::QueryDefinition");

    private static List<JsonObject> lines = List.of();

    @BeforeAll
    static void collectLines() {
        lines = LogLines.ofEverythingThatHappens();
    }

    @Test
    void everyFieldIsOneThatTheLogGroupHolds() {
        var audit = new TreeSet<>(OF_THE_NEAREST_RULE);
        audit.addAll(firstCells("# The audit log, field by field"));
        Arrays.stream(Metric.values()).forEach(metric -> {
            audit.add(metric.wire());
            metric.dimension().ifPresent(audit::add);
        });
        QUERIES.forEach((name, resource) -> assertThat(audit)
                .as(name)
                .containsAll(isOfTheAuditLog(resource) ? query(name).fields() : Set.of()));
    }

    @Test
    void everyFieldOfTheAccessLogIsOneThatTheApiWrites() {
        var format = Template.properties("ApiStage")
                .object("AccessLogSettings")
                .orElseThrow()
                .string("Format")
                .orElseThrow();
        var fields = ACCESS_LOG_FIELD
                .matcher(format)
                .results()
                .map(field -> field.group(1))
                .collect(Collectors.toSet());
        var others = QUERIES.keySet().stream()
                .filter(name -> !isOfTheAuditLog(QUERIES.get(name)))
                .toList();

        assertThat(others).containsExactly("ThrottledCallersQuery");
        others.forEach(name -> assertThat(fields).containsAll(query(name).fields()));
    }

    @Test
    void everyEventResultAndReasonIsOneThatIsWritten() {
        var events = Arrays.stream(Event.values()).map(Event::wire).toList();
        var results = Arrays.stream(Outcome.values()).map(Outcome::wire).toList();
        var reasons = Arrays.stream(Reason.values()).map(Reason::wire).toList();
        QUERIES.keySet().forEach(name -> {
            assertThat(events).as(name).containsAll(query(name).comparedWith("event"));
            assertThat(results).as(name).containsAll(query(name).comparedWith("result"));
            assertThat(reasons).as(name).containsAll(query(name).comparedWith("reason"));
        });
    }

    @Test
    void everyFilterKeepsTheLinesThatItIsForAndNoOthers() {
        assertThat(kept("RefusalsByReasonQuery"))
                .isEqualTo(where(line -> says(line, "result", "refused", "unavailable")));
        assertThat(kept("RefusedByPolicyQuery")).isEqualTo(where(line -> line.has("nearest")));
        assertThat(kept("GrantsQuery")).isEqualTo(where(line -> line.has("expires") && !line.has("approval_id")));
        assertThat(kept("TooLateQuery")).isEqualTo(where(line -> line.has("late")));
        assertThat(kept("EndsQuery")).isEqualTo(where(line -> says(line, "event", "ended")));
        assertThat(kept("NeverClosedQuery")).isEqualTo(where(line -> says(line, "event", "missing_close")));
        assertThat(kept("DeadTokensPresentedQuery"))
                .isEqualTo(where(line ->
                        because(line, Reason.CLOSED, Reason.LAPSED, Reason.SPENT) && says(line, "result", "inactive")));
        assertThat(kept("SignsOfAttackQuery"))
                .isEqualTo(
                        where(line -> because(line, Reason.SIGNED_BUT_UNKNOWN, Reason.REPLAYED, Reason.BAD_CREDENTIALS)
                                || because(line, Reason.POLICY_REFUSED, Reason.DPOP_KEY, Reason.DPOP_REPLAYED)
                                || line.has("key_changed")));
        assertThat(kept("OutOfReachQuery")).isEqualTo(where(line -> because(line, Reason.LEDGER_UNAVAILABLE)));
        assertThat(kept("PolicyVersionsQuery")).isEqualTo(where(line -> says(line, "event", "policy")));
        assertThat(kept("SlowRequestsQuery"))
                .isEqualTo(where(line -> line.get("Time").isPresent() && LogLines.isSlow(line)));
    }

    /** These three are completed by hand: without that they find nothing, and with it what was asked for. */
    @Test
    void aQueryWithAPlaceToFillInFindsThatLineAlone() {
        for (var field : Map.of("OneRequestQuery", "request_id", "OneTokenQuery", "jti", "OneRunQuery", "run")
                .entrySet()) {
            var query = query(field.getKey());
            var place = query.comparedWith(field.getValue()).iterator().next();
            assertThat(place).startsWith("put the ");
            assertThat(lines).noneMatch(query.filter()::keeps);

            var wanted = where(line -> line.string(field.getValue()).isPresent())
                    .get(0)
                    .string(field.getValue())
                    .orElseThrow();
            var filled =
                    LineFilter.of(query.commands().get(0).replace(place, wanted).substring("filter ".length()));
            assertThat(lines.stream().filter(filled::keeps))
                    .isNotEmpty()
                    .allMatch(line -> says(line, field.getValue(), wanted));
        }
    }

    private static List<JsonObject> kept(String name) {
        var filter = query(name).filter();
        var kept = lines.stream().filter(filter::keeps).toList();
        assertThat(kept).as(name).isNotEmpty().hasSizeLessThan(lines.size());
        return kept;
    }

    private static List<JsonObject> where(Predicate<JsonObject> holds) {
        return lines.stream().filter(holds).toList();
    }

    private static boolean because(JsonObject line, Reason... reasons) {
        return says(line, "reason", Arrays.stream(reasons).map(Reason::wire).toArray(String[]::new));
    }

    private static boolean says(JsonObject line, String field, String... values) {
        return line.string(field).filter(List.of(values)::contains).isPresent();
    }

    private static SavedQuery query(String name) {
        return SavedQuery.of(
                name,
                Template.properties(QUERIES.get(name)).string("QueryString").orElseThrow());
    }

    private static boolean isOfTheAuditLog(JsonObject resource) {
        return Template.properties(resource)
                .array("LogGroupNames")
                .orElseThrow()
                .items()
                .contains(JsonObject.builder().put("Ref", "AuditLog").build());
    }

    /** The names in the first cells of the table of docs/audit.md below a heading. */
    private static Set<String> firstCells(String heading) {
        var section = Template.text("docs/audit.md")
                .split(Pattern.quote(heading) + "\\R", 2)[1]
                .split("\\R## ", 2)[0];
        return ROW.matcher(section)
                .results()
                .flatMap(row -> NAME.matcher(row.group(1)).results())
                .map(name -> name.group(1))
                .collect(Collectors.toSet());
    }
}
