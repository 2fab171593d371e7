// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonObject;
import io.taskbound.task.TaskName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsReaderTest {
    private static final Instant NOW = Instant.parse("2026-12-01T10:00:00Z");

    private static JsonObject document(String fields) {
        return Documents.policy(Documents.TASKS.replace("'lease': '60s'", "'lease': '60s', " + fields));
    }

    private static List<Fault> faults(String fields) {
        return Policy.compile(document(fields), 1, Optional.empty(), Optional.of(NOW))
                .match(Policy.Ok::warnings, Policy.Faulty::faults);
    }

    private static List<Fault> ofWindows(String fields) {
        return faults(fields).stream()
                .filter(fault -> fault.code() != FaultCode.RENAME)
                .toList();
    }

    @Test
    void readsWeeklyWindowsAndSuchThatOpenOnce() {
        var policy = Documents.compiled(document("""
                'windows': [{'days': ['thu', 'mon'], 'from': '09:00', 'to': '16:00', 'zone': 'Europe/Berlin'},
                            {'from': '22:30', 'to': '24:00', 'zone': 'UTC'},
                            {'from': '2026-12-05T22:00:00Z', 'to': '2026-12-06T02:00+01:00', 'change': 'CHG0031337'}]
                """));

        var limits = policy.task(new TaskName("sign-release")).orElseThrow().limits();
        assertThat(limits.windows())
                .hasToString("mon,thu 09:00-16:00 Europe/Berlin; every day 22:30-24:00 UTC;"
                        + " 2026-12-05T22:00:00Z to 2026-12-06T01:00:00Z (CHG0031337)");
        assertThat(limits.enforced()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                                                  | bad-length    |           | 1 to 20
            {'from': '09:00'}                                                   | wrong-type    |           | must be a list
            [{'from': '09:00', 'to': '16:00'}]                                  | missing-field | /0        | zone is missing
            [{'from': '09:00', 'to': '16:00', 'zone': 'Berlin'}]                | window        | /0/zone   | "Berlin" is not the name
            [{'from': '09:00', 'to': '16:00', 'zone': '+01:00'}]                | window        | /0/zone   | "+01:00" is not the name
            [{'from': '9:00', 'to': '16:00', 'zone': 'UTC'}]                    | bad-value     | /0/from   | a time of the day
            [{'from': '24:00', 'to': '16:00', 'zone': 'UTC'}]                   | bad-value     | /0/from   | a time of the day
            [{'from': '09:00', 'to': '24:01', 'zone': 'UTC'}]                   | bad-value     | /0/to     | a time of the day
            [{'from': '09:00', 'to': '16:00', 'zone': 'UTC', 'days': []}]       | bad-length    | /0/days   | 1 to 7
            [{'from': '09:00', 'to': '16:00', 'zone': 'UTC', 'days': ['Mon']}]  | bad-value     | /0/days/0 | not known
            [{'from': '09:00', 'to': '16:00', 'zone': 'UTC', 'days': ['mon', 'mon']}] | listed-twice | /0/days/1 | twice
            [{'from': '09:00', 'to': '16:00', 'zone': 'UTC', 'change': 'C1'}]   | unknown-field | /0/change | unknown field
            [{'from': '2026-12-05T22:00:00Z'}]                                  | missing-field | /0        | to is missing
            [{'from': '2026-12-05T22:00:00', 'to': '2026-12-05T23:00:00Z'}]     | bad-value     | /0/from   | its offset
            [{'from': '2026-12-05T22:00:00.5Z', 'to': '2026-12-05T23:00:00Z'}]  | bad-value     | /0/from   | its offset
            [{'from': '2026-02-30T22:00:00Z', 'to': '2026-12-05T23:00:00Z'}]    | window        | /0/from   | not on the calendar
            [{'from': '2026-12-05T22:00:00Z', 'to': '2026-12-05T23:00:00+01:00'}] | window      | /0        | ends before it opens
            [{'from': '2026-12-05T22:00:00Z', 'to': '2026-12-05T23:00:00Z', 'change': 'CHG 1'}] | bad-value | /0/change | id of a change
            [{'from': '2026-12-05T22:00:00Z', 'to': '2026-12-05T23:00:00Z', 'change': 31337}]   | bad-value | /0/change | id of a change
            """)
    void whatCannotBeMeantIsAFault(String windows, String code, String place, String message) {
        assertThat(ofWindows("'windows': " + windows)).singleElement().satisfies(fault -> {
            assertThat(fault.code().wire()).isEqualTo(code);
            assertThat(fault.path()).isEqualTo("/tasks/sign-release/windows" + (place == null ? "" : place));
            assertThat(fault.message()).contains(message);
            assertThat(fault.remedy()).isNotEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{'from': '2026-12-01T09:00:00Z', 'to': '2026-12-01T10:00:00Z'}]         | window-over  | /0
            [{'from': '09:00', 'to': '10:00', 'zone': 'UTC'}, {'from': '2026-12-02T09:00:00Z', 'to': '2026-12-02T09:00:59Z'}] | short-window | /1
            [{'from': '09:00', 'to': '09:00', 'zone': 'UTC'}]                        | always-open  |
            [{'from': '09:00', 'to': '21:00', 'zone': 'UTC'}, {'from': '21:00', 'to': '09:00', 'zone': 'UTC'}] | always-open |
            """)
    void whatNobodyCanWantIsAWarning(String windows, String code, String place) {
        assertThat(ofWindows("'windows': " + windows)).singleElement().satisfies(fault -> {
            assertThat(fault.code().wire()).isEqualTo(code);
            assertThat(fault.severity()).isEqualTo(Severity.WARNING);
            assertThat(fault.path()).isEqualTo("/tasks/sign-release/windows" + (place == null ? "" : place));
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{'from': '2026-12-01T10:00:00Z', 'to': '2026-12-01T10:01:00Z'}]
            [{'from': '09:00', 'to': '10:00', 'zone': 'UTC'}, {'from': '09:30', 'to': '11:00', 'zone': 'UTC'}]
            [{'from': '09:00', 'to': '08:59', 'zone': 'UTC'}]
            """)
    void whatIsMeantIsNot(String windows) {
        assertThat(ofWindows("'windows': " + windows)).isEmpty();
    }

    /** Which windows are over is for those who read the warnings, not for an issuer that starts. */
    @Test
    void aWindowIsOverOnlyForThoseWhoLookAtATime() {
        var past = document("'windows': [{'from': '2026-11-01T09:00:00Z', 'to': '2026-11-01T10:00:00Z'}],"
                + "'accept': {'window-over': 'kept for the auditor'}");

        assertThat(Documents.faults(past)).extracting(Fault::code).containsExactly(FaultCode.RENAME);
        assertThat(Policy.compile(past, 1, Optional.empty(), Optional.of(NOW))
                        .match(Policy.Ok::warnings, Policy.Faulty::faults))
                .extracting(Fault::code)
                .containsExactly(FaultCode.RENAME);
    }

    @Test
    void anOfflineServerDoesNotNoticeAnEarlyEnd() {
        var faults = Documents.faults(Contract.json("""
                {'version': 1, 'providers': {'ci': {'profile': 'generic', 'issuer': 'https://ci.example', 'audience': 'a'}},
                 'resource_servers': {'s': {'audience': 's', 'checks': 'offline'}},
                 'tasks': {'t': {'windows': [{'from': '09:00', 'to': '16:00', 'zone': 'UTC'}],
                   'permissions': [{'resource_server': 's', 'actions': ['a'], 'identifiers': ['x']}],
                   'allow': [{'provider': 'ci', 'claims': {'sub': 'x'}}]}}}
                """));

        assertThat(faults)
                .filteredOn(fault -> fault.code() == FaultCode.OFFLINE_WINDOW)
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains("s has checks: offline"));
    }

    @Test
    void aTaskThatIsOnlyWatchedIsNamed() {
        assertThat(ofWindows("'enforce': false, 'max_live': 1"))
                .extracting(Fault::code)
                .containsExactly(FaultCode.NOT_ENFORCED);
        assertThat(ofWindows("'enforce': false")).extracting(Fault::code).containsExactly(FaultCode.NOTHING_TO_WATCH);
        assertThat(ofWindows("'enforce': true")).isEmpty();
        assertThat(ofWindows("'enforce': 'no'")).extracting(Fault::code).containsExactly(FaultCode.WRONG_TYPE);
    }
}
