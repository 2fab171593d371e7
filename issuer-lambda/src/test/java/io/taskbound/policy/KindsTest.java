// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.task.Identifier;
import io.taskbound.task.ServerName;
import io.taskbound.task.TaskName;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resource servers that the issuer serves itself: what a policy says of them, and each way to open too much. */
class KindsTest {
    private static final String GITHUB = "'kind': 'github-app', 'app_id': '12345', 'owners': {'acme': '1001'}";
    private static final String ROLE = "'kind': 'aws-role', 'role_arn': 'arn:aws:iam::111122223333:role/migration',"
            + " 'actions': {'read': ['s3:GetObject'], 'count': ['dynamodb:UpdateItem'],"
            + " 'any': ['dynamodb:GetItem', 's3:GetObjectTagging']}";
    private static final String TABLES =
            ROLE + ", 'resources': {'table:{name}':" + " ['arn:aws:dynamodb:eu-central-1:111122223333:table/{name}']}";
    private static final String VAULT = "'kind': 'openbao', 'address': 'https://vault.example', 'role': 'release'";

    private static String policy(String server, String permission, String limits) {
        return "{'version': 1," + Documents.PROVIDERS + "'resource_servers': {'s': {" + server + "}},"
                + "'tasks': {'t': {'permissions': [{'resource_server': 's', " + permission + "}], " + limits
                + " 'allow': [{'provider': 'jenkins', 'let': {'project': 'acme/shop'},"
                + " 'claims': {'sub': 'https://ci.acme.example/job/shop/job/release/'}}]}}}";
    }

    private static String acting(String action, String identifier) {
        return "'actions': ['" + action + "'], 'identifiers': ['" + identifier + "']";
    }

    private static List<Fault> faults(String server, String permission, String limits) {
        return Documents.faults(Contract.json(policy(server, permission, limits)));
    }

    private static List<Fault> atServer(String server) {
        return faults(server, acting("read", "s3:exports/a/"), "'lease': '60s',").stream()
                .filter(fault -> fault.path().startsWith("/resource_servers"))
                .toList();
    }

    private static List<Fault> atTask(String server, String action, String identifier) {
        return faults(server, acting(action, identifier), "'lease': '60s',");
    }

    private static ResourceServer server(String server) {
        return Documents.compiled(Contract.json("{'version': 1," + Documents.PROVIDERS + "'resource_servers': {'s': {"
                        + server + "}}, 'tasks': {}}"))
                .server(new ServerName("s"))
                .orElseThrow();
    }

    private static void assertSays(List<Fault> faults, String code, String words) {
        assertThat(faults).extracting(fault -> fault.code().wire()).containsExactly(code);
        assertThat(faults.get(0).message()).contains(words);
        assertThat(faults.get(0).remedy()).isNotBlank();
    }

    @Test
    void readsAGithubApp() {
        assertThat(server(GITHUB).delivery())
                .contains(new GithubApp("12345", Map.of("acme", "1001"), URI.create("https://api.github.com")));
        assertThat(server(GITHUB + ", 'api_url': 'https://ghe.example/api/v3'").delivery())
                .contains(new GithubApp("12345", Map.of("acme", "1001"), URI.create("https://ghe.example/api/v3")));
    }

    @Test
    void readsAnAwsRole() {
        var role = (AwsRole)
                server(TABLES + ", 'region': 'eu-central-1'").delivery().orElseThrow();

        assertThat(role.roleArn()).isEqualTo("arn:aws:iam::111122223333:role/migration");
        assertThat(role.actions())
                .containsOnly(
                        Map.entry("read", List.of("s3:GetObject")),
                        Map.entry("count", List.of("dynamodb:UpdateItem")),
                        Map.entry("any", List.of("dynamodb:GetItem", "s3:GetObjectTagging")));
        assertThat(role.region()).contains("eu-central-1");
        assertThat(role.resources().get(0).arnsOf(new Identifier("table:orders.v2")))
                .contains(List.of("arn:aws:dynamodb:eu-central-1:111122223333:table/orders.v2"));
        assertThat(role.resources().get(0).arnsOf(new Identifier("table:orders/x")))
                .isEmpty();
        assertThat(role.resources().get(0).arnsOf(new Identifier("tables:orders")))
                .isEmpty();
    }

    @Test
    void readsAnOpenbao() {
        var address = URI.create("https://vault.example");
        assertThat(server(VAULT).delivery())
                .contains(new Openbao(
                        address, "release", "jwt", Optional.empty(), "taskbound-revoke", "https://vault.example"));
        assertThat(server(VAULT + ", 'mount': 'ci/jwt', 'namespace': 'team', 'revoke_role': 'r', 'audience': 'vault'")
                        .delivery())
                .contains(new Openbao(address, "release", "ci/jwt", Optional.of("team"), "r", "vault"));
    }

    @Test
    void hasAnAudienceOfItsOwnAndNobodyWhoAsksAboutTokens() {
        assertThat(server(VAULT).audience()).isEqualTo("urn:taskbound:server:s");
        assertThat(server(VAULT).checks()).isEqualTo(Checks.DELIVERED);
        assertThat(server(VAULT).checks().trustsSignatures()).isFalse();
        assertThat(server(VAULT).clientSecretHashes()).isEmpty();
        assertThat(server(VAULT).typ()).isEqualTo(TokenType.AT_JWT);
        assertThat(server(VAULT).proof()).isEqualTo(KeyProof.NONE);
    }

    @Test
    void noOtherServerMayHaveThatAudience() {
        assertSays(
                atServer("'audience': 'urn:taskbound:server:x', 'checks': 'offline'"),
                "audience",
                "that a server with a kind has by itself");
        assertThat(atServer("'audience': 'x', 'checks': 'delivered'"))
                .extracting(fault -> fault.code().wire())
                .containsExactly("bad-value");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'kind': 'github'                                                             | bad-value       | not known here
            'kind': 'github-app', 'owners': {'acme': '1'}                                | missing-field   | app_id is missing
            'kind': 'github-app', 'app_id': '12345'                                      | missing-field   | owners is missing
            'kind': 'github-app', 'app_id': '12a', 'owners': {'acme': '1'}               | bad-value       | not the id of an App
            'kind': 'github-app', 'app_id': 'x', 'owners': {'acme': '1'}, 'checks': 'offline' | unknown-field | unknown field "checks"
            'kind': 'openbao', 'address': 'https://v', 'role': 'x', 'proof': 'optional'  | unknown-field   | unknown field "proof"
            'kind': 'github-app', 'app_id': '1', 'owners': {}                            | bad-length      | 1 to 64 owners
            'kind': 'github-app', 'app_id': '1', 'owners': {'acme': 'acme'}              | bad-value       | not an immutable id: those are digits
            'kind': 'github-app', 'app_id': '1', 'owners': {'acme': 1001}                | wrong-type      | must be a string
            'kind': 'github-app', 'app_id': '1', 'owners': {'a/b': '1'}                  | bad-name        | not the login
            'kind': 'github-app', 'app_id': '1', 'owners': {'a': '1', 'b': '1'}          | not-unique      | is the id of two owners
            'kind': 'openbao', 'role': 'x'                                               | missing-field   | address is missing
            'kind': 'openbao', 'address': 'https://v', 'role': 'a b'                     | bad-value       | not the name of a role
            'kind': 'openbao', 'address': 'https://v', 'role': 'x', 'mount': 'a/../b'    | bad-value       | empty or only dots
            'kind': 'openbao', 'address': 'https://v', 'role': 'x', 'mount': '/jwt'      | bad-value       | empty or only dots
            'kind': 'openbao', 'address': 'https://v', 'role': 'x', 'namespace': 'a b'   | bad-value       | is not a path
            'kind': 'openbao', 'address': 'https://v', 'role': 'x', 'audience': 'a b'    | audience        | has blanks
            'kind': 'aws-role', 'actions': {'read': ['s3:GetObject']}                    | missing-field   | role_arn is missing
            'kind': 'aws-role', 'role_arn': 'arn:aws:iam::1:role/x', 'actions': {'read': ['s3:GetObject']} | bad-value | not the ARN of an IAM role
            'kind': 'aws-role', 'role_arn': 'arn:aws:iam::111122223333:user/x', 'actions': {'read': ['s3:GetObject']} | bad-value | not the ARN of an IAM role
            'kind': 'aws-role', 'role_arn': 'arn:aws:iam::111122223333:role/x', 'actions': {} | bad-length | 1 to 64 actions
            'kind': 'aws-role', 'role_arn': 'arn:aws:iam::111122223333:role/x', 'actions': {'read': []} | bad-length | 1 to 32 entries
            'kind': 'aws-role', 'role_arn': 'arn:aws:iam::111122223333:role/x', 'actions': {'a b': ['s3:GetObject']} | bad-name | not an action name
            'kind': 'aws-role', 'role_arn': 'arn:aws:iam::111122223333:role/x', 'actions': {'read': ['s3:GetObject', 's3:GetObject']} | listed-twice | twice
            'kind': 'aws-role', 'role_arn': 'arn:aws:iam::111122223333:role/x', 'actions': {'read': ['s3:GetObject']}, 'region': 'EU' | bad-value | not a region
            """)
    void saysWhatIsWrongWithAServer(String server, String code, String words) {
        assertThat(atServer(server)).anySatisfy(fault -> {
            assertThat(fault.code().wire()).isEqualTo(code);
            assertThat(fault.message()).contains(words);
            assertThat(fault.remedy()).isNotBlank();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "http://vault.example, must begin with https",
        "https://u:p@vault.example, no user",
        "https://vault.example/ui, no path",
        "https://vault.example/, no path",
        "https://vault.example?x=1, no query",
        "https://vault.example#x, no query and no fragment",
        "vault.example, not an absolute URL",
        "https:///x, not a URL",
        "https://a b, not a URL"
    })
    void anAddressIsHttpsAndAHostAlone(String address, String words) {
        var flaws = List.of(
                atServer("'kind': 'openbao', 'role': 'x', 'address': '" + address + "'"),
                atServer("'kind': 'github-app', 'app_id': '1', 'owners': {'a': '1'}, 'api_url': '" + address + "'"));

        assertThat(flaws).allSatisfy(faults -> {
            assertThat(faults).extracting(fault -> fault.code().wire()).containsExactly("service-address");
            assertThat(faults.get(0).message()).contains(words.replace("not a URL", "not a"));
        });
    }

    @Test
    void plainHttpIsForThisMachine() {
        assertThat(atServer("'kind': 'openbao', 'role': 'x', 'address': 'http://127.0.0.1:8200'"))
                .isEmpty();
        assertThat(atServer(GITHUB + ", 'api_url': 'http://localhost:9000/api/v3'"))
                .isEmpty();
        assertSays(atServer(GITHUB + ", 'api_url': 'https://ghe.example/api'"), "service-address", "/api/v3");
    }

    @ParameterizedTest
    @CsvSource({
        "s3:*, stands for many",
        "s3:Get*, stands for many",
        "s3:GetObjec?, stands for many",
        "*, stands for many",
        "GetObject, not an IAM action",
        "S3:GetObject, not an IAM action",
        "s3:, not an IAM action",
        "iam:PassRole, other permissions than its own",
        "sts:AssumeRole, other permissions than its own",
        "organizations:LeaveOrganization, other permissions than its own",
        "account:PutAlternateContact, other permissions than its own",
        "s3:PutBucketPolicy, not an action of S3 on an object",
        "s3:ListAllMyBuckets, not an action of S3 on an object",
        "s3:getobject, not an action of S3 on an object",
        "s3:ListBucketMultipartUploads, shows the uploads of the whole bucket"
    })
    void anIamActionIsNamedInFullAndActsOnATarget(String action, String words) {
        assertSays(atServer(ROLE.replace("['s3:GetObject']", "['" + action + "']")), "iam-action", words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            table:{name}     | arn:aws:dynamodb:eu-central-1:1:table/{other} | arn-template | does not stand in the identifier's form
            table:{name}     | arn:aws:dynamodb:eu-central-1:1:table/*       | arn-template | opens everything there
            table:{name}     | arn:aws:dynamodb:*:1:table/{name}             | arn-template | in front of the resource
            table:{name}     | arn:aws:dynamodb:eu:{name}:table/x            | arn-template | in front of the resource
            table:{name}     | arn:aws:dynamodb:eu:1:table/{name}*           | arn-template | opens more than one target
            table:{name}     | arn:aws:dynamodb:eu:1:ta*/{name}              | arn-template | opens more than one target
            table:{name}     | arn:aws:dynamodb:eu:1:table/{name}?           | arn-template | has a character
            table:{name}     | arn:aws:dynamodb:eu:1:table/${name}           | arn-template | has a character
            table:{name}     | arn:aws-cn:dynamodb:eu:1:table/{name}         | arn-template | of another partition
            table:{name}     | arn:aws:s3:::{name}                           | arn-template | names s3
            table:{name}     | arn:aws:iam::1:role/{name}                    | arn-template | names iam
            table:{name}     | table/{name}                                  | arn-template | is not an ARN
            table:{name}     | arn:aws:dynamodb:eu:1:table/{na me}           | arn-template | braces that hold no name
            table:{name}     | arn:aws:dynamodb:eu:1:table/{name             | arn-template | braces that hold no name
            table:{name}     | arn:aws:dynamodb:eu:1:table/name}             | arn-template | a } without
            table:{name      | arn:aws:dynamodb:eu:1:table/x                 | arn-template | braces that hold no name
            {name}           | arn:aws:dynamodb:eu:1:table/{name}            | arn-template | a word and a colon
            table            | arn:aws:dynamodb:eu:1:table/x                 | arn-template | a word and a colon
            s3:{name}        | arn:aws:dynamodb:eu:1:table/{name}            | arn-template | stand for S3 objects by themselves
            table:{a}{b}     | arn:aws:dynamodb:eu:1:table/{a}/{b}           | arn-template | in more than one way
            table:{a}-{b}    | arn:aws:dynamodb:eu:1:table/{a}/{b}           | arn-template | in more than one way
            table:{a}/{a}    | arn:aws:dynamodb:eu:1:table/{a}               | arn-template | in more than one way
            table://{a}      | arn:aws:dynamodb:eu:1:table/{a}               | arn-template | no identifier is of this form
            table:{name}     | arn:aws:dynamodb:eu:1:table/orders            | fixed-resource | the same for several
            """)
    void aTemplateNamesOneTarget(String form, String arn, String code, String words) {
        assertSays(atServer(ROLE + ", 'resources': {'" + form + "': ['" + arn + "']}"), code, words);
    }

    @ParameterizedTest
    @CsvSource({
        "log:{group}, arn:aws:logs:eu-central-1:1:log-group:/aws/{group}:*",
        "table:{name}, arn:aws:dynamodb:eu-central-1:1:table/{name}/index/*",
        "queue:orders, arn:aws:sqs:eu-central-1:1:orders",
        "x:{a}/{b}@{c_1}, arn:aws:x:::{a}.{b}.{c_1}"
    })
    void takesTemplatesThatDo(String form, String arn) {
        assertThat(atServer(ROLE + ", 'resources': {'" + form + "': ['" + arn + "']}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "table:{name}, table:{id}, true",
        "table:{name}, table:orders, true",
        "table:{name}, table:{a}/{b}, false",
        "table:{name}, queue:{name}, false",
        "a:{x}/b, a:b/{x}, true",
        "a:{x}/b, a:b/b, true",
        "a:{x}/b, a:b/c{x}, false"
    })
    void anIdentifierIsOfOneForm(String one, String other, boolean overlap) {
        var faults =
                atServer(ROLE + ", 'resources': {'" + one + "': ['arn:aws:x:::y'], '" + other + "': ['arn:aws:x:::z']}")
                        .stream()
                        .filter(fault -> fault.code() == FaultCode.ARN_TEMPLATE)
                        .toList();

        if (overlap) {
            assertSays(faults, "arn-template", "can be of two forms");
        } else {
            assertThat(faults).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            s3:exports                    | s3-prefix   | opens a whole bucket
            s3:exports/                   | s3-prefix   | has no prefix of its own
            s3:exports/**                 | s3-prefix   | has no prefix of its own
            s3:exports/*/x/               | s3-prefix   | has no prefix of its own
            s3:exp*/x/                    | s3-prefix   | a pattern in the bucket's name
            s3:${project}/                | s3-prefix   | a pattern in the bucket's name
            s3:*                          | s3-prefix   | a pattern in the bucket's name
            s3:Exports/x/                 | s3-prefix   | names no bucket
            s3:ex/x/                      | s3-prefix   | names no bucket
            s3:a..b/x/                    | s3-prefix   | names no bucket
            s3:192.168.0.1/x/             | s3-prefix   | names no bucket
            s3:point-s3alias/x/           | s3-prefix   | names no bucket
            s3:xn--x/x/                   | s3-prefix   | names no bucket
            *                             | no-resource | does not begin with the kind
            ${project}:x                  | no-resource | does not begin with the kind
            queue:orders                  | no-resource | stands for nothing in AWS
            table:a/b                     | no-resource | stands for nothing in AWS
            table:x${project}/*           | no-resource | stands for nothing in AWS
            """)
    void anIdentifierOfAwsHasABucketAndAPrefixOrATemplate(String identifier, String code, String words) {
        assertThat(atTask(TABLES, "any", identifier))
                .filteredOn(fault -> fault.code() != FaultCode.ANY_TARGET && fault.code() != FaultCode.OPEN_VARIABLE)
                .satisfies(faults -> assertSays(List.copyOf(faults), code, words));
    }

    @ParameterizedTest
    @CsvSource({
        "s3:exports/datasets/*/",
        "s3:exports/d*",
        "s3:exports/${project}/**",
        "s3:my.bucket-1/key",
        "table:orders",
        "table:*",
        "table:or**",
        "table:{sha256}"
    })
    void takesIdentifiersThatHave(String identifier) {
        assertThat(atTask(TABLES, "any", identifier)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"count, s3:exports/a/", "read, table:orders"})
    void anActionOpensSomethingOnEachIdentifier(String action, String identifier) {
        var faults = atTask(TABLES, action, identifier);

        assertSays(faults, "unmapped-action", "opens nothing on \"" + identifier + "\"");
        assertThat(faults.get(0).path()).isEqualTo("/tasks/t/permissions/0/actions/0");
    }

    @Test
    void anIdentifierAtOpenbaoHasNoSignOfItsPatterns() {
        assertSays(atTask(VAULT, "read", "secret:a+b"), "no-resource", "has a +");
        assertThat(atTask(VAULT, "read", "secret:a/b")).isEmpty();
    }

    @Test
    void anActionIsOneOfTheRoles() {
        assertSays(atTask(ROLE, "reads", "s3:exports/a/"), "unmapped-action", "\"reads\" stands for");
        assertThat(atTask(ROLE, "reads", "s3:exports/a/").get(0).remedy()).isEqualTo("did you mean read?");
        assertThat(atTask(ROLE, "reads", "s3:exports/a/").get(0).path()).isEqualTo("/tasks/t/permissions/0/actions/0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            contents            | github-permission  | not a permission of GitHub and its level
            contents:all        | github-permission  | not a permission of GitHub and its level
            contents:write:x    | github-permission  | not a permission of GitHub and its level
            Contents:write      | github-permission  | not a permission of GitHub and its level
            :write              | github-permission  | not a permission of GitHub and its level
            content:write       | unknown-permission | "content" is not a permission
            administration:write | strong-permission | more than a repository's contents
            secrets:write       | strong-permission  | more than a repository's contents
            workflows:write     | strong-permission  | more than a repository's contents
            members:write       | strong-permission  | more than a repository's contents
            organization_hooks:admin | strong-permission | more than a repository's contents
            """)
    void anActionAtGithubIsAPermissionAndItsLevel(String action, String code, String words) {
        assertSays(atTask(GITHUB, action, "github:acme/shop"), code, words);
    }

    @ParameterizedTest
    @CsvSource({"contents:write", "pull_requests:write", "secrets:read", "metadata:read"})
    void takesUsualPermissions(String action) {
        assertThat(atTask(GITHUB, action, "github:acme/shop")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            acme/shop             | not a repository
            **                    | not a repository
            github:shop           | a pattern in the owner's name, or no owner
            github:*/shop         | a pattern in the owner's name, or no owner
            github:a*/shop        | a pattern in the owner's name, or no owner
            github:acme${project} | a pattern in the owner's name, or no owner
            github:*              | a pattern in the owner's name, or no owner
            github:acme/          | names no repository
            github:acme/**        | no /
            github:Acme/shop      | an owner that the server does not have
            github:evil/shop      | an owner that the server does not have
            """)
    void anIdentifierAtGithubNamesAnOwnerOfTheServer(String identifier, String words) {
        assertThat(atTask(GITHUB, "contents:read", identifier))
                .filteredOn(fault -> fault.code() == FaultCode.GITHUB_REPOSITORY)
                .satisfies(faults -> assertSays(List.copyOf(faults), "github-repository", words));
    }

    @ParameterizedTest
    @CsvSource({"github:acme/shop", "github:acme/*", "github:acme/shop-*", "github:${project}", "github:${project}/x"})
    void takesRepositoriesOfIts(String identifier) {
        assertThat(atTask(GITHUB, "contents:read", identifier)).isEmpty();
    }

    @Test
    void nobodyCountsUses() {
        assertSays(
                faults(VAULT, acting("read", "secret:x"), "'lease': '60s', 'max_uses': 3,"),
                "max-uses",
                "with a credential of its own, so nobody counts uses");
        var task = Documents.compiled(Contract.json(policy(VAULT, acting("read", "secret:x"), "")))
                .task(new TaskName("t"))
                .orElseThrow();
        assertThat(task.limits().maxUses(task.servers().get(0))).isEmpty();
    }

    @Test
    void aLeaseAndABudgetHoldAndAMissingLeaseIsAWarning() {
        assertSays(faults(VAULT, acting("read", "secret:x"), ""), "no-lease", "lives until the task token expires");
        assertThat(faults(
                        VAULT,
                        acting("read", "secret:x"),
                        "'lease': '60s', 'max_live': 2, 'max_live_per_run': 1, 'once_per_run': true,"))
                .isEmpty();
        var task = Documents.compiled(Contract.json(policy(VAULT, acting("read", "secret:x"), "'lease': '60s',")))
                .task(new TaskName("t"))
                .orElseThrow();
        assertThat(task.limits()
                        .lease(
                                Optional.empty(),
                                Duration.ofMinutes(5),
                                task.servers().get(0)))
                .contains(Duration.ofSeconds(60));
    }

    @Test
    void aTaskNeedsAnActionAndATarget() {
        assertThat(faults(GITHUB, "'actions': [], 'identifiers': ['github:acme/shop']", "'lease': '60s',"))
                .extracting(fault -> fault.code().wire())
                .containsExactly("bad-length");
        assertThat(faults(GITHUB, "'actions': ['contents:read'], 'identifiers': []", "'lease': '60s',"))
                .extracting(fault -> fault.code().wire())
                .containsExactly("bad-length");
    }
}
