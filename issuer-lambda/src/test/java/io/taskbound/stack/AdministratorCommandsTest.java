// SPDX-License-Identifier: Apache-2.0
package io.taskbound.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What docs/operations.md tells an administrator to type, AdministratorPolicy allows; but for the lines that it marks.
 */
class AdministratorCommandsTest {
    private static final Pattern LINE =
            Pattern.compile("(?m)^ {4,}aws (dynamodb|lambda) ([a-z-]+) (.*?)(# account administrator)?$");
    private static final Pattern OPTION =
            Pattern.compile("--(?:source-table|target-table|table|function)-name (\\S+)|--(backup-arn)");
    private static final String TABLE = RecordedAws.tableArn("taskbound");
    private static final String FUNCTION = "arn:aws:lambda:eu-central-1:111122223333:function:issuer";

    /** DynamoDB fills a restored table in the caller's name. */
    private static final List<String> FILLING =
            List.of("BatchWriteItem", "DeleteItem", "GetItem", "PutItem", "Query", "Scan", "UpdateItem");

    private static AccessPolicy administrator() {
        return AccessPolicy.managed(
                StackTemplate.ours()
                        .deployed(Map.of("IssuerUrl", "https://tokens.acme.example"))
                        .with(Map.of("Ledger", "taskbound", "Ledger.Arn", TABLE, "IssuerFunction.Arn", FUNCTION)),
                "AdministratorPolicy");
    }

    private record Line(String text, boolean isMarked, List<AwsCall> calls) {}

    private static List<Line> lines() throws IOException {
        var page = Files.readString(StackTemplate.ROOT.resolve("docs/operations.md"));
        return LINE.matcher(page)
                .results()
                .map(line -> new Line(
                        line.group(), line.group(4) != null, calls(line.group(1), line.group(2), line.group(3))))
                .toList();
    }

    private static List<AwsCall> calls(String service, String operation, String options) {
        var action = Stream.of(operation.split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
        var calls = new ArrayList<AwsCall>();
        OPTION.matcher(options).results().forEach(option -> {
            var arn = arn(service, action, option.group(1));
            calls.add(new AwsCall(service + ":" + action, arn, Map.of()));
            if (option.group().startsWith("--target-table")) {
                FILLING.forEach(filling -> calls.add(new AwsCall("dynamodb:" + filling, arn, Map.of())));
            }
        });
        return calls;
    }

    private static String arn(String service, String action, @org.jspecify.annotations.Nullable String name) {
        if (name == null) {
            return TABLE + "/backup/01";
        }
        if (service.equals("lambda")) {
            return FUNCTION;
        }
        return action.equals("ListBackups") ? "*" : TABLE + name.substring("TABLE".length());
    }

    @Test
    void thePolicyAllowsEachLineThatIsNotMarkedAndNoneThatIs() throws IOException {
        var administrator = administrator();
        assertThat(lines()).hasSizeGreaterThan(10).anyMatch(Line::isMarked).allSatisfy(line -> {
            assertThat(line.calls()).as(line.text()).isNotEmpty();
            assertThat(administrator.refused(line.calls()).isEmpty())
                    .as(line.text())
                    .isNotEqualTo(line.isMarked());
        });
    }
}
