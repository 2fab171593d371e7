// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesFileTest {
    static final String GOOD = """
            version: 1
            public_url: https://tickets.acme.example
            rules:
              - name: read-ticket
                methods: [GET, HEAD]
                path: /tickets/{ticket}
                where: {ticket: digits}
                query: [page]
                action: read
                identifier: "ticket:{ticket}"
              - name: put-file
                methods: [PUT]
                path: /files/{project}/{path...}
                action: write
                identifier: "file:{project}/{path}"
            open: [/healthz]
            """;

    @TempDir
    private Path folder;

    private List<String> told(String text) throws Exception {
        var told = new ArrayList<String>();
        RulesFile.read(Files.writeString(folder.resolve("rules.yaml"), text)).rules(told::add);
        return told;
    }

    @Test
    void readsAFileWithoutFaults() throws Exception {
        var told = new ArrayList<String>();
        var rules = RulesFile.read(Files.writeString(folder.resolve("rules.yaml"), GOOD))
                .rules(told::add)
                .orElseThrow();
        assertThat(told).isEmpty();
        assertThat(rules.names()).containsExactly("read-ticket", "put-file");
        assertThat(rules.publicUrl()).hasToString("https://tickets.acme.example");
    }

    @Test
    void aFaultHasItsPlaceAndARemedy() throws Exception {
        assertThat(told(GOOD.replace("methods: [PUT]", "metods: [PUT]")))
                .anySatisfy(line ->
                        assertThat(line).endsWith("rules.yaml:12:5: error: unknown field \"metods\" [unknown-field]"))
                .anySatisfy(line -> assertThat(line).contains("did you mean methods?"))
                .anySatisfy(line -> assertThat(line).contains("methods is missing"));
    }

    @Test
    void everyFaultIsToldAtOnce() throws Exception {
        assertThat(told(GOOD.replace("version: 1", "version: 2")
                                .replace("https://", "ftp://")
                                .replace("action: read", "action: \"read it\"")
                                .replace("[/healthz]", "[healthz]"))
                        .stream()
                        .filter(line -> line.contains(": error: ")))
                .hasSize(4);
    }

    /** The file is changed in one place; the message tells what it is. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version: 1 | version: 2 | version must be 1",
                "https://tickets.acme.example | http://tickets.acme.example | public_url must be https",
                "https://tickets.acme.example | https://Tickets.acme.example | in small letters",
                "https://tickets.acme.example | https://tickets.acme.example/base | without a path",
                "https://tickets.acme.example | https://tickets.acme.example/ | without a path",
                "https://tickets.acme.example | https://user@tickets.acme.example | public_url must be",
                "https://tickets.acme.example | https://tickets.acme.example. | public_url must be",
                "https://tickets.acme.example | https://tickets..example | public_url must be",
                "https://tickets.acme.example | https://10.0.1 | public_url must be",
                "[GET, HEAD] | [get] | did you mean GET?",
                "[GET, HEAD] | [TRACE] | unknown method",
                "[GET, HEAD] | GET | must be a list",
                "[GET, HEAD] | [GET, GET] | lists something twice",
                "/tickets/{ticket} | tickets/{ticket} | path must be segments",
                "/tickets/{ticket} | /tickets//{ticket} | path must be segments",
                "/tickets/{ticket} | /tickets/../{ticket} | path must be segments",
                "/tickets/{ticket} | /tickets./{ticket} | path must be segments",
                "/tickets/{ticket} | /tickets%2f{ticket} | path must be segments",
                "/tickets/{ticket} | /tickets/v{ticket} | path must be segments",
                "/tickets/{ticket} | /tickets/* | path must be segments",
                "/tickets/{ticket} | /{ticket...}/x | path must be segments",
                "/tickets/{ticket} | /tickets/{ticket}/{ticket} | two variables have one name",
                "/tickets/{ticket} | /tickets/{tickt} | did you mean tickt?",
                "/tickets/{ticket} | /tickets/{ticket}/{part} | {part} is not part of the identifier",
                "ticket: digits | ticket: '\\d+' | a variable must be one of name, digits, hex, sha256, uuid",
                "ticket: digits | tiket: digits | did you mean ticket?",
                "ticket: digits | Ticket: digits | the name of a variable must be",
                "query: [page] | query: [_method] | another method than the request's",
                "query: [page] | query: ['a b'] | the name of a parameter must be",
                "query: [page] | query: [] | must be a list",
                "query: [page] | unchecked: [ticket] | is part of the identifier",
                "query: [page] | unchecked: [other] | has no variable \"other\"",
                "action: read | action: 'read it' | action must be",
                "'\"ticket:{ticket}\"' | '\"ticket:{tiket}\"' | did you mean ticket?",
                "'\"ticket:{ticket}\"' | '\"ticket:*\"' | identifier must be",
                "'\"ticket:{ticket}\"' | '\"ticket:1\"' | {ticket} is not part of the identifier",
                "'file:{project}/{path}' | 'file:{project}-{path}' | where {project} ends and {path} begins",
                "'file:{project}/{path}' | 'file:{project}{path}' | where {project} ends and {path} begins",
                "'file:{project}/{path}' | 'file:{path}/{project}' | where {path} ends and {project} begins",
                "name: put-file | name: read-ticket | two rules have this name",
                "name: put-file | name: Put | name must be",
                "[/healthz] | [/tickets/7] | says that it needs one",
                "[/healthz] | [/TICKETS/7] | says that it needs one",
                "[/healthz] | [/healthz, /healthz] | twice",
                "[/healthz] | ['/{x}'] | there are no variables here",
                "open: | opn: | did you mean open?",
                "rules: | rule: | did you mean rules?"
            })
    void namesTheFault(String part, String changed, String said) throws Exception {
        assertThat(GOOD).contains(part);
        assertThat(String.join("\n", told(GOOD.replace(part, changed)))).contains(said);
    }

    /** Two rules that could both speak of one request, and two that never do. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/a/{x} name | /a/{y} digits | true",
                "/a/{x} digits | /a/{y} hex | true",
                "/a/{x} digits | /a/{y} sha256 | true",
                "/a/{x} digits | /a/{y} uuid | false",
                "/a/{x} hex | /a/{y} uuid | false",
                "/a/{x} sha256 | /a/{y} uuid | false",
                "/a/{x} name | /a/{y} uuid | true",
                "/a/{x} name | /a/list | true",
                "/a/{x} digits | /a/list | false",
                "/a/{x} hex | /a/ABC | true",
                "/a/{x} name | /b/{y} name | false",
                "/a/{x} name | /A/{y} name | true",
                "/a/{x} name | /a/{y}/ name | false",
                "/a/{x} name | /a | false",
                "/a/{x...} name | /a/b/c/d | true",
                "/a/{x...} digits | /a/1/2 | true",
                "/a/{x...} digits | /a/1/b | false",
                "/a/{x...} name | /a | false",
                "/a/{x...} name | /a/ | false",
                "/a/{x...} name | /{y...} name | true",
                "/a/b/{x...} name | /{y...} name | true",
                "/a/b/{x...} digits | /a/{y...} uuid | false",
                "/{x}/b name | /a/{y} name | true",
                "/ | /{x} name | false"
            })
    void noRequestHasTwoRules(String one, String other, boolean both) throws Exception {
        assertThat(overlap(one, other)).as("%s and %s", one, other).isEqualTo(both);
        assertThat(overlap(other, one)).as("%s and %s", other, one).isEqualTo(both);
    }

    private boolean overlap(String one, String other) throws Exception {
        var told =
                told("version: 1\npublic_url: https://x.example\nrules:\n" + rule("one", one) + rule("other", other));
        assertThat(told.stream().filter(line -> line.contains(": error: ")))
                .allMatch(line -> line.contains("can match the same request"));
        return !told.isEmpty();
    }

    private static String rule(String name, String line) {
        var words = line.split(" ");
        var variable = line.replaceAll(".*\\{([a-z]+)[.}].*", "$1");
        boolean has = !variable.equals(line);
        return """
              - name: %s
                methods: [GET]
                path: "%s"
                where: {%s}
                action: read
                identifier: "x:%s"
            """.formatted(name, words[0], has ? variable + ": " + words[1] : "", has ? "{" + variable + "}" : "y");
    }

    @Test
    void rulesOfDifferentMethodsMayHaveOnePath() throws Exception {
        assertThat(told(GOOD.replace("/files/{project}/{path...}", "/tickets/{project}")
                        .replace("file:{project}/{path}", "ticket:{project}")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "version: 1\nversion: 1", "a: &x [1]\nb: *x", "- a", "\t"})
    void whatIsNoFileOfRulesIsAFaultToo(String text) throws Exception {
        assertThat(told(text)).isNotEmpty();
    }

    @Test
    void manyRulesAreComparedInAMoment() throws Exception {
        var rules = IntStream.range(0, 500)
                .mapToObj(i ->
                        rule("r" + i, "/a" + i + "/{x}/{y}/b/{z...} name").replace("\"x:{z}\"", "\"x:{x}:{y}:{z}\""))
                .collect(Collectors.joining());
        long began = System.nanoTime();
        assertThat(told("version: 1\npublic_url: https://x.example\nrules:\n" + rules))
                .isEmpty();
        assertThat(System.nanoTime() - began).isLessThan(20_000_000_000L);
        assertThat(told("version: 1\npublic_url: https://x.example\nrules:\n" + rules + rule("more", "/z")))
                .anyMatch(line -> line.contains("a file has 1 to 500 rules"));
    }
}
