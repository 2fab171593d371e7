// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleSetTest {
    private static final String SHA256 = "ab".repeat(32);

    @TempDir
    private Path folder;

    private RuleSet rules;

    @BeforeEach
    void read() throws Exception {
        rules = rules("""
            version: 1
            public_url: https://tickets.acme.example
            rules:
              - {name: read, methods: [GET], path: "/tickets/{t}", where: {t: digits}, query: [page], action: read, identifier: "ticket:{t}"}
              - {name: update, methods: [PUT, PATCH], path: "/tickets/{t}", where: {t: digits}, action: update, identifier: "ticket:{t}"}
              - {name: put, methods: [PUT], path: "/a/{project}/{digest}", where: {digest: sha256}, action: put, identifier: "a:{project}@sha256:{digest}"}
              - {name: page, methods: [GET], path: "/p/{x}/{page}", where: {page: digits}, unchecked: [page], action: read, identifier: "p:{x}"}
              - {name: files, methods: [GET], path: "/files/{path...}", action: read, identifier: "file:{path}"}
              - {name: id, methods: [GET], path: "/u/{id}", where: {id: uuid}, action: read, identifier: "u:{id}"}
              - {name: root, methods: [POST], path: "/", action: create, identifier: "tickets"}
            open: [/healthz, /]
            """);
    }

    private RuleSet rules(String text) throws Exception {
        return RulesFile.read(Files.writeString(folder.resolve("rules.yaml"), text))
                .rules(line -> fail(line))
                .orElseThrow();
    }

    private Mapping map(String method, String target) {
        return rules.map(RequestTarget.read(method, target).match(plain -> plain, odd -> fail(odd.sentence())));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /tickets/7, read, read, ticket:7",
        "GET, /tickets/7?page=2, read, read, ticket:7",
        "PUT, /tickets/7, update, update, ticket:7",
        "PATCH, /tickets/7, update, update, ticket:7",
        "GET, /p/x/3, page, read, p:x",
        "GET, /files/a, files, read, file:a",
        "GET, /files/a/b.txt, files, read, file:a/b.txt",
        "GET, /u/123e4567-e89b-12d3-a456-426614174000, id, read, u:123e4567-e89b-12d3-a456-426614174000",
        "POST, /, root, create, tickets"
    })
    void mapsARequestToOneUse(String method, String target, String rule, String action, String identifier) {
        assertThat(map(method, target)).isEqualTo(new Mapping.Uses(new MappedUse(rule, action, identifier)));
    }

    @Test
    void aDigestIsPartOfTheTarget() {
        assertThat(map("PUT", "/a/shop/" + SHA256))
                .isEqualTo(new Mapping.Uses(new MappedUse("put", "put", "a:shop@sha256:" + SHA256)));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /tickets/x, NO_RULE",
        "GET, /tickets/7/, NO_RULE",
        "GET, /tickets/, NO_RULE",
        "GET, /Tickets/7, NO_RULE",
        "GET, /TICKETS/7, NO_RULE",
        "GET, /files/, NO_RULE",
        "GET, /files/a/, NO_RULE",
        "GET, /files, NO_RULE",
        "GET, /u/123E4567-E89B-12D3-A456-426614174000, NO_RULE",
        "GET, /u/123e4567e89b12d3a456426614174000----, NO_RULE",
        "PUT, /a/shop/abab, NO_RULE",
        "GET, /healthz/, NO_RULE",
        "DELETE, /tickets/7, METHOD",
        "HEAD, /tickets/7, METHOD",
        "OPTIONS, /tickets/7, METHOD",
        "POST, /healthz, NO_RULE",
        "GET, /tickets/7?pages=2, QUERY",
        "PUT, /tickets/7?page=2, QUERY",
        "GET, /healthz?x=1, QUERY"
    })
    void refusesWhatNoRuleNames(String method, String target, Mapping.Unmapped why) {
        assertThat(map(method, target)).isEqualTo(new Mapping.None(why));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void anOpenPathIsReadWithoutAToken(String method) {
        assertThat(map(method, "/healthz")).isInstanceOf(Mapping.Open.class);
        assertThat(map(method, "/")).isInstanceOf(Mapping.Open.class);
    }

    @Test
    void whatIsTooLongForAnIdentifierIsNone() {
        assertThat(map("GET", "/files/" + "a/".repeat(300) + "b"))
                .isEqualTo(new Mapping.None(Mapping.Unmapped.IDENTIFIER));
        assertThat(map("GET", "/files/" + "a".repeat(256))).isEqualTo(new Mapping.None(Mapping.Unmapped.NO_RULE));
    }

    @ParameterizedTest
    @CsvSource({
        "tickets.acme.example, true",
        "Tickets.ACME.example, true",
        "tickets.acme.example:443, true",
        "tickets.acme.example:80, false",
        "tickets.acme.example., false",
        "other.example, false",
        "tickets.acme.example@other.example, false",
        "'tickets.acme.example,tickets.acme.example', false",
        "'', false"
    })
    void knowsItsOwnHost(String host, boolean own) {
        assertThat(rules.isHost(host)).isEqualTo(own);
    }

    @Test
    void aPortThatIsNotTheUsualOneBelongsToTheHost() throws Exception {
        var local = rules("""
            version: 1
            public_url: http://127.0.0.1:8080
            rules: [{name: a, methods: [GET], path: /a, action: read, identifier: a}]
            """);
        assertThat(local.isHost("127.0.0.1:8080")).isTrue();
        assertThat(local.isHost("127.0.0.1")).isFalse();
        assertThat(local.isHost("localhost:8080")).isFalse();
    }

    @Test
    void aProofNamesThePublicUrlWithoutTheQuery() {
        var request = RequestTarget.read("GET", "/tickets/7?page=2").match(plain -> plain, odd -> fail(odd.sentence()));
        assertThat(rules.publicUrl(request)).hasToString("https://tickets.acme.example/tickets/7");
    }
}
