// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.taskbound.identity.Profiles;
import io.taskbound.identity.Provider;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an editor accepts by contract/policy.schema.json and what the loader accepts as a shape are the same. */
class SchemaEqualsLoaderTest {
    private static final int ROUNDS = Integer.getInteger("taskbound.schema.rounds", 3_000);
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(JsonText.of(Contract.file("policy.schema.json")));

    /** Every field that there is, so that every part of the schema is met. */
    private static final JsonObject FULL = Contract.json("""
            {'version': 1, 'max_lifetime_ceiling': '1h',
             'providers': {
               'github': {'profile': 'github', 'issuer': 'https://gh.example', 'audience': 'a', 'max_age': '10m', 'leeway': '2m',
                          'algorithms': ['RS256', 'ES256'], 'jwks_uri': 'https://gh.example/keys', 'ca_file': 'ca.pem',
                          'accept': {'audience-url': 'y z'}},
               'gitlab': {'profile': 'gitlab', 'issuer': 'https://gl.example', 'audience': 'a', 'ca': 'x'},
               'staff': {'profile': 'generic', 'issuer': 'https://sso.example', 'audience': 'taskbound', 'login': {'scopes': ['openid', 'profile']}},
               'k8s': {'profile': 'kubernetes', 'issuer': 'https://k8s.example', 'audience': 'a', 'jwks': {'keys': [{}]}},
               'jenkins': {'profile': 'jenkins', 'issuer': 'https://ci.example', 'audience': 'a', 'jwks_file': 'j.json'}},
             'resource_servers': {
               'signer': {'audience': 'https://signer.example', 'checks': 'redeem', 'typ': 'JWT', 'proof': 'required',
                          'accept': {'unused': 'x'},
                          'client_secret_hashes': ['%1$s', '%2$s']},
               'deploy': {'audience': 'deploy', 'checks': 'offline'},
               'github': {'kind': 'github-app', 'app_id': '12345', 'owners': {'acme': '1001', 'a-b_c': '2'},
                          'api_url': 'https://ghe.example/api/v3', 'accept': {'unused': 'x'}},
               'lake': {'kind': 'aws-role', 'role_arn': 'arn:aws-cn:iam::111122223333:role/a/b', 'region': 'eu-central-1',
                        'actions': {'read': ['s3:GetObject'], 'x:y': ['dynamodb:GetItem', 'sqs:SendMessage']},
                        'resources': {'table:{name}': ['arn:aws-cn:dynamodb:x:1:table/{name}']}, 'accept': {'unused': 'x'}},
               'vault': {'kind': 'openbao', 'address': 'https://v.example', 'role': 'a-b.c_d', 'mount': 'a/jwt',
                         'namespace': 'n/m', 'revoke_role': 'r', 'audience': 'a', 'accept': {'unused': 'x'}}},
             'hooks': {
               'acme': {'provider': 'github', 'owner_id': '1001', 'repository_ids': ['2002', '2003']},
               'group': {'provider': 'gitlab', 'project_ids': ['20']},
               'x': {'provider': 'github', 'organization_id': 'a-b', 'pipeline_ids': ['c']}},
             'fragments': {
               'shop': {'file': 'fragments/shop.yaml'
                 , 'cap': {'prefix': 'shop-', 'allow': [{'provider': 'github', 'claims': {'repository_id': '2002'}}], 'max_uses': 3, 'lease': '60s',
                   'max_lifetime': '10m', 'approval': ['managers'], 'approval_count': 2, 'permissions': [{'resource_server': 'signer', 'actions': ['sign'], 'identifiers': ['a:*']}]},
                 'callers': {'shop-main': [{'provider': 'github', 'claims': {'repository_id': '2002'}}]},
                 'tasks': {'shop-sign': {'approval': {'by': ['managers'], 'count': 2}, 'lease': '30s', 'permissions': [{'resource_server': 'signer', 'actions': ['sign'], 'identifiers': ['a:b']}], 'allow': ['shop-main']}}}},
             'callers': {
               'release': [{'provider': 'github', 'claims': {'repository_id': '2002', 'x': ['a*', 1, true, {'exact': 'b*'}], 'y': {'exact': '{z}'},
                            'teams': {'contains': ['a', 'b']}}, 'let': {'project': 'acme/shop'},
                            'accept': {'transfer': 'x', 'rename': 'y'}}],
               'cluster': [{'provider': 'k8s', 'claims': {'sub': 'system:x'}, 'nested': [
                            {'path': ['kubernetes.io', 'namespace'], 'value': 'shop'},
                            {'path': ['a', 'b', 'c'], 'contains': 'x'}]}]},
             'approvers': {
               'managers': [{'provider': 'github', 'person': 'actor_id', 'claims': {'repository_id': '2002', 'actor_id': ['1', '2']},
                             'known_as': {'jenkins': 'x'}, 'not_known_at': ['k8s'], 'accept': {'any-ref': 'x'}},
                            {'provider': 'k8s', 'person': 'x', 'claims': {'sub': 'system:x'}, 'nested': [{'path': ['a', 'b'], 'value': 'c'}]}]},
             'tasks': {
               'sign': {'description': 'Sign', 'max_lifetime': '10m', 'max_uses': 3, 'lease': '60s', 'accept': {'any-target': 'x'},
                 'max_live': 3, 'max_live_per_run': 1, 'once_per_run': true,
                 'enforce': true, 'windows': [{'days': ['mon', 'sun'], 'from': '22:00', 'to': '24:00', 'zone': 'Europe/Berlin'},
                   {'from': '2026-12-05T22:00:00Z', 'to': '2026-12-06T02:00+01:00', 'change': 'CHG0031337'}],
                 'approval': {'by': ['managers'], 'count': 2, 'within': '30m'},
                 'permissions': [{'resource_server': 'signer', 'actions': ['sign', 'read'], 'identifiers': ['a:${project}/**']}],
                 'allow': ['release', {'provider': 'jenkins', 'claims': {'sub': 'x'}}]},
               'deploy': {'max_uses': 'unlimited', 'allow': ['cluster'],
                 'permissions': [{'resource_server': 'deploy', 'actions': ['deploy'], 'identifiers': ['x', 'y/{sha256}']}]}}}
            """.formatted("a".repeat(64), "b".repeat(64)));

    private static final List<JsonValue> VALUES = Contract.items(
            Contract.json("""
                    {'v': [null, true, false, 0, 1, 1.0, 1.5, -1, 2, 100, 101, 1e2, 1e30, '', ' ', 'a', 'A', '1', 'unlimited', '10m',
                           '0s', '90s', '1h', '1d', '999999s', '1000000s', '01m', 'github', 'generic', 'RS256', 'HS256', 'redeem',
                           'status', 'github-app', 'aws-role', 'openbao', 'at+jwt', 'JWT', 'jwt', 'a b', 'ä', 'x\\n', '\\ud83d\\ude00', '%1$s', '%1$sa', '%2$s', '%3$s', '%4$s',
                           [], [[]], [''], ['a'], ['a', 'a'], [null], ['a', 1, true], [{}], {}, {'a': 'b'}, {'': 'b'},
                           '09:00', '24:00', '2026-12-05T22:00:00Z', '2026-13-05T22:00Z', '2026-12-05', {'from': '09:00', 'to': '10:00', 'zone': 'UTC'},
                           {'from': '09:00', 'to': '10:00'}, {'from': '24:00', 'to': '10:00', 'zone': 'UTC'}, ['mon', 'mon'], ['Mon'], ['tue'], {'contains': 'x'}, {'contains': []}, {'contains': {}}, {'contains': 'x', 'y': 1}, {'exact': 'x'}, {'exact': ''}, {'exact': 1}, {'exact': 'x', 'y': 1}, {'contains': {'exact': 'x'}}, {'exact': 'x', 'contains': 'x'}, {'keys': []},
                           {'keys': [{}]}, {'keys': [1]}, {'keys': [{}], 'x': 1}, {'x': []}, {'any-ref': 'x'}, {'any-ref': ' '}, {'provider': 'a', 'claims': {}},
                           {'provider': 'a', 'claims': {'b': 'c'}}, {'path': ['a', 'b'], 'value': 1},
                           {'path': ['a', 'b'], 'value': 1, 'contains': 2}, {'path': ['a', 'b']}, {'path': ['a'], 'value': 1}]}
                    """.formatted("c".repeat(64), "d".repeat(513), "e".repeat(257), "f".repeat(129))), "v");
    private static final List<String> NAMES = List.of(
            "a",
            "A",
            "",
            "version",
            "max_uses",
            "max_live",
            "once_per_run",
            "claims",
            "value",
            "contains",
            "exact",
            "path",
            "keys",
            "jwks",
            "let",
            "nested",
            "typ",
            "proof",
            "accept",
            "any-ref",
            "days",
            "zone",
            "change",
            "from",
            "hooks",
            "owner_id",
            "project_ids",
            "kind",
            "app_id",
            "role_arn",
            "x\n",
            "g".repeat(32),
            "h".repeat(33),
            "i".repeat(65),
            "j".repeat(129),
            "ä");

    @Test
    void acceptsTheDocumentThatHasEveryField() {
        assertThat(structural(FULL)).isEmpty();
        assertThat(schemaValid(FULL)).isTrue();
    }

    @Tag("long")
    @Test
    void agreesOnThousandsOfChangedDocuments() {
        var random = new SplittableRandom(7);
        int valid = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var document = FULL;
            for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
                document = (JsonObject) changed(document, random);
            }
            boolean expected = schemaValid(document);
            valid += expected ? 1 : 0;
            var faults = structural(document);
            var text = document;
            assertThat(faults.isEmpty())
                    .as(() -> "schema says " + expected + ", loader " + faults + ": " + JsonText.of(text))
                    .isEqualTo(expected);
        }
        assertThat(valid).isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
    }

    @Test
    void knowsTheSameProfilesAndAlgorithms() {
        var provider = Contract.file("policy.schema.json")
                .object("$defs")
                .flatMap(definitions -> definitions.object("provider"))
                .flatMap(definition -> definition.object("properties"))
                .orElseThrow();

        assertThat(words(provider.object("profile").orElseThrow())).isEqualTo(new TreeSet<>(Profiles.names()));
        assertThat(words(provider.object("algorithms")
                        .flatMap(list -> list.object("items"))
                        .orElseThrow()))
                .isEqualTo(Provider.allAlgorithms());
    }

    private static TreeSet<String> words(JsonObject property) {
        return new TreeSet<>(
                Contract.items(property, "enum").stream().map(Contract::text).toList());
    }

    private static boolean schemaValid(JsonObject document) {
        return SCHEMA.validate(JsonText.of(document), InputFormat.JSON, OutputFormat.BOOLEAN);
    }

    private static List<Fault> structural(JsonObject document) {
        var faults = new Faults();
        new PolicyReader(faults).read(document);
        return faults.structural();
    }

    /** Goes down to a random place and changes what is there. */
    private static JsonValue changed(JsonValue value, SplittableRandom random) {
        if (value instanceof JsonObject object && !object.members().isEmpty() && random.nextInt(8) > 0) {
            var names = new ArrayList<>(object.members().keySet());
            var name = names.get(random.nextInt(names.size()));
            return Documents.with(object, name, changed(object.members().get(name), random));
        }
        if (value instanceof JsonArray array && !array.items().isEmpty() && random.nextInt(4) > 0) {
            var items = new ArrayList<>(array.items());
            int index = random.nextInt(items.size());
            items.set(index, changed(items.get(index), random));
            return new JsonArray(items);
        }
        return changedHere(value, random);
    }

    private static JsonValue changedHere(JsonValue value, SplittableRandom random) {
        if (value instanceof JsonObject object) {
            return changedMembers(object, random);
        }
        if (value instanceof JsonArray array && random.nextBoolean()) {
            var items = new ArrayList<>(array.items());
            for (int more = 1 + random.nextInt(3); more > 0; more--) {
                items.add(items.isEmpty() || random.nextBoolean() ? any(random) : items.get(0));
            }
            return new JsonArray(items);
        }
        if (value instanceof JsonString string && random.nextBoolean()) {
            return new JsonString(changedText(string.value(), random));
        }
        return any(random);
    }

    private static JsonValue changedMembers(JsonObject object, SplittableRandom random) {
        var names = new ArrayList<>(object.members().keySet());
        var name = NAMES.get(random.nextInt(NAMES.size()));
        return switch (random.nextInt(4)) {
            case 0 -> names.isEmpty() ? object : Documents.without(object, names.get(random.nextInt(names.size())));
            case 1 -> Documents.with(object, name, any(random));
            case 2 -> renamed(object, name, random);
            default -> new JsonObject(new LinkedHashMap<>());
        };
    }

    private static JsonObject renamed(JsonObject object, String to, SplittableRandom random) {
        var names = new ArrayList<>(object.members().keySet());
        if (names.isEmpty()) {
            return object;
        }
        var from = names.get(random.nextInt(names.size()));
        return Documents.with(
                Documents.without(object, from), to, object.members().get(from));
    }

    private static String changedText(String text, SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> text + "\n";
            case 1 -> text.toUpperCase(java.util.Locale.ROOT);
            case 2 -> text.substring(text.length() / 2);
            case 3 -> text.repeat(9);
            default -> "**" + text;
        };
    }

    private static JsonValue any(SplittableRandom random) {
        return VALUES.get(random.nextInt(VALUES.size()));
    }
}
