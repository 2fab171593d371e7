// SPDX-License-Identifier: Apache-2.0
package io.taskbound.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.taskbound.events.EventKind;
import io.taskbound.events.TokenEvent;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The subscription hands over the lines that become events, and a real issuer's lines become events of the schema. */
class EventsSubscriptionTest {
    private static List<JsonObject> lines = List.of();

    @BeforeAll
    static void collectLines() {
        lines = LogLines.ofEverythingThatHappens();
    }

    private static Optional<TokenEvent> event(JsonObject line) {
        return TokenEvent.of(line, "https://tokens.acme.example");
    }

    /** Less would be lost, and more would let strangers make the function work. */
    @Test
    void theFilterKeepsWhatBecomesAnEventAndNothingElse() {
        var filter = filter();
        assertThat(lines)
                .allSatisfy(line -> assertThat(filter.keeps(line))
                        .as(line.toString())
                        .isEqualTo(event(line).isPresent()));
        assertThat(lines.stream().filter(filter::keeps)).hasSizeBetween(8, lines.size() / 2);
    }

    @Test
    void theFilterNamesEveryKindOfEvent() {
        var text = Template.properties("EventsSubscription")
                .string("FilterPattern")
                .orElseThrow();
        assertThat(text).contains("\"granted\"", "\"refused\"", "\"ended\"", "\"missing_close\"", "\"requested\"");
        assertThat(EventKind.values()).hasSize(5);
    }

    @Test
    void whatARealIssuerWritesBecomesEventsOfTheSchema() {
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Template.text("contract/events/events.schema.json"));
        var events = lines.stream().flatMap(line -> event(line).stream()).toList();
        assertThat(events).extracting(TokenEvent::kind).contains(EventKind.values());
        for (var event : events) {
            var delivered = JsonObject.builder()
                    .put("version", "0")
                    .put("id", "1")
                    .put("detail-type", event.kind().detailType())
                    .put("source", TokenEvent.SOURCE)
                    .put("time", event.at().toString())
                    .put("detail", event.detail())
                    .build();
            assertThat(schema.validate(JsonText.of(delivered), InputFormat.JSON))
                    .isEmpty();
        }
    }

    /** A pattern of CloudWatch Logs in the words of Logs Insights; text that is there is {@code "*"}. */
    private static LineFilter filter() {
        var pattern = Template.properties("EventsSubscription")
                .string("FilterPattern")
                .orElseThrow();
        return LineFilter.of(pattern.replaceAll("^\\{|}$", "")
                .replaceAll("\\$\\.(\\w+) = \"\\*\"", "ispresent($1)")
                .replace("$.", "")
                .replace("&&", " and ")
                .replace("||", " or "));
    }
}
