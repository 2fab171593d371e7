// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.TaskboundProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A command of an administrator, over each way in which people have AWS credentials: in a process of its own, with
 * their files and variables, against loopback stand-ins of the services that give some. It works, or says in one
 * sentence what is wrong.
 */
@Tag("long")
class CredentialKindsIT {
    private static final String ISSUED =
            Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS).toString();
    private static final String LONG_AGO = "2020-01-01T00:00:00Z";

    private @TempDir Path folder;
    private StandInAws aws;

    @BeforeEach
    void start() throws IOException {
        aws = StandInAws.start();
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    private record Kind(String name, String config, Map<String, String> variables, String outcome) {
        static Kind of(String name, String config, String outcome) {
            return new Kind(name, config, Map.of(), outcome);
        }
    }

    private static final List<Kind> GOOD = List.of(
            Kind.of("static", """
                    [default]
                    aws_access_key_id = AKIASTATIC
                    aws_secret_access_key = s
                    """, "AKIASTATIC"),
            new Kind("named", """
                    [profile acme]
                    aws_access_key_id = AKIANAMED
                    aws_secret_access_key = s
                    """, Map.of("AWS_PROFILE", "acme"), "AKIANAMED"),
            new Kind(
                    "variables",
                    "",
                    Map.of("AWS_ACCESS_KEY_ID", "AKIAVARIABLE", "AWS_SECRET_ACCESS_KEY", "s"),
                    "AKIAVARIABLE"),
            Kind.of("role of a source profile", """
                    [default]
                    region = eu-central-1
                    role_arn = arn:aws:iam::111122223333:role/operator
                    source_profile = base
                    [profile base]
                    aws_access_key_id = AKIABASE
                    aws_secret_access_key = s
                    """, "AKIAROLE"),
            Kind.of("sso session", """
                    [default]
                    sso_session = acme
                    sso_account_id = 111122223333
                    sso_role_name = operator
                    [sso-session acme]
                    sso_region = eu-central-1
                    sso_start_url = https://acme.awsapps.example/start
                    """, "AKIASSO"),
            Kind.of("legacy sso", """
                    [default]
                    sso_start_url = https://legacy.awsapps.example/start
                    sso_region = eu-central-1
                    sso_account_id = 111122223333
                    sso_role_name = operator
                    """, "AKIASSO"),
            Kind.of("role over sso", """
                    [default]
                    region = eu-central-1
                    role_arn = arn:aws:iam::111122223333:role/operator
                    source_profile = base
                    [profile base]
                    sso_session = acme
                    sso_account_id = 111122223333
                    sso_role_name = operator
                    [sso-session acme]
                    sso_region = eu-central-1
                    sso_start_url = https://acme.awsapps.example/start
                    """, "AKIAROLE"),
            Kind.of("login session", """
                    [default]
                    login_session = arn:aws:iam::111122223333:user/alive
                    region = eu-central-1
                    """, "AKIALOGIN"),
            Kind.of("process", """
                    [default]
                    credential_process = cat HOME/process.json
                    """, "AKIAPROCESS"),
            Kind.of("web identity of a profile", """
                    [default]
                    region = eu-central-1
                    role_arn = arn:aws:iam::111122223333:role/operator
                    web_identity_token_file = HOME/web-identity
                    """, "AKIAWEBIDENTITY"),
            new Kind(
                    "web identity of the environment",
                    "[default]\nregion = eu-central-1\n",
                    Map.of(
                            "AWS_ROLE_ARN",
                            "arn:aws:iam::111122223333:role/operator",
                            "AWS_WEB_IDENTITY_TOKEN_FILE",
                            "HOME/web-identity"),
                    "AKIAWEBIDENTITY"));

    private static final List<Kind> BAD = List.of(
            Kind.of("none", "", "No AWS credentials found. Log in with `aws sso login`, or set AWS_PROFILE."),
            Kind.of(
                    "a region alone",
                    "[default]\nregion = eu-central-1\n",
                    "No AWS credentials found. Log in with `aws sso login`, or set AWS_PROFILE."),
            new Kind(
                    "a named profile with a region alone",
                    "[profile acme]\nregion = eu-central-1\n",
                    Map.of("AWS_PROFILE", "acme"),
                    "The AWS profile acme says nothing of credentials."),
            new Kind(
                    "a profile that is not there",
                    """
                    [default]
                    aws_access_key_id = AKIASTATIC
                    aws_secret_access_key = s
                    """,
                    Map.of("AWS_PROFILE", "nope"),
                    "There is no AWS profile nope. Check AWS_PROFILE"),
            Kind.of("a file that is none", "[default\naws_access_key_id\n", "The AWS configuration cannot be read: "),
            Kind.of(
                    "half a key",
                    "[default]\naws_access_key_id = AKIASTATIC\n",
                    "The AWS profile default gives no credentials: "),
            new Kind(
                    "half a key in the environment",
                    "",
                    Map.of("AWS_ACCESS_KEY_ID", "AKIAHALF"),
                    "AWS_ACCESS_KEY_ID is set, and AWS_SECRET_ACCESS_KEY is not."),
            new Kind(
                    "a session that is over",
                    "",
                    Map.of("AWS_ACCESS_KEY_ID", "AKIADEAD", "AWS_SECRET_ACCESS_KEY", "s", "AWS_SESSION_TOKEN", "t"),
                    "Your AWS credentials have expired: log in again"),
            Kind.of(
                    "an expired sso token",
                    """
                    [default]
                    sso_session = old
                    sso_account_id = 111122223333
                    sso_role_name = operator
                    [sso-session old]
                    sso_region = eu-central-1
                    sso_start_url = https://acme.awsapps.example/start
                    """,
                    "The AWS SSO session of profile default has expired, or never began. Log in with `aws sso"
                            + " login --profile default`."),
            Kind.of(
                    "an expired legacy sso token",
                    """
                    [default]
                    sso_start_url = https://old.awsapps.example/start
                    sso_region = eu-central-1
                    sso_account_id = 111122223333
                    sso_role_name = operator
                    """,
                    "The AWS SSO session of profile default has expired, or never began."),
            Kind.of("never logged in", """
                    [default]
                    sso_session = never
                    sso_account_id = 111122223333
                    sso_role_name = operator
                    [sso-session never]
                    sso_region = eu-central-1
                    sso_start_url = https://acme.awsapps.example/start
                    """, "The AWS SSO session of profile default has expired, or never began."),
            Kind.of("an sso session that is not there", """
                    [default]
                    sso_session = absent
                    sso_account_id = 111122223333
                    sso_role_name = operator
                    """, "names an sso-session that is not there."),
            Kind.of("a role that sso does not give", """
                    [default]
                    sso_session = acme
                    sso_account_id = 111122223333
                    sso_role_name = not-mine
                    [sso-session acme]
                    sso_region = eu-central-1
                    sso_start_url = https://acme.awsapps.example/start
                    """, "AWS SSO does not give the role of profile default: "),
            Kind.of(
                    "a role over an expired sso token",
                    """
                    [default]
                    region = eu-central-1
                    role_arn = arn:aws:iam::111122223333:role/operator
                    source_profile = base
                    [profile base]
                    sso_session = old
                    sso_account_id = 111122223333
                    sso_role_name = operator
                    [sso-session old]
                    sso_region = eu-central-1
                    sso_start_url = https://acme.awsapps.example/start
                    """,
                    "The AWS SSO session of profile base has expired, or never began."),
            Kind.of(
                    "a login that is over",
                    """
                    [default]
                    login_session = arn:aws:iam::111122223333:user/over
                    region = eu-central-1
                    """,
                    "The AWS login session of profile default has expired, or never began. Log in with `aws"
                            + " login --profile default`."),
            Kind.of(
                    "a login that never was",
                    """
                    [default]
                    login_session = arn:aws:iam::111122223333:user/never
                    region = eu-central-1
                    """,
                    "The AWS login session of profile default has expired, or never began."),
            Kind.of("a process that fails", """
                    [default]
                    credential_process = cat HOME/secret-file-that-is-not-there
                    """, "The credential_process of profile default gave no credentials: "),
            Kind.of(
                    "a process that prints something else",
                    """
                    [default]
                    credential_process = echo secret-words
                    """,
                    "The credential_process of profile default gave no credentials: "),
            Kind.of("a source profile that is not there", """
                    [default]
                    region = eu-central-1
                    role_arn = arn:aws:iam::111122223333:role/operator
                    source_profile = absent
                    """, "names a source_profile that is not there"),
            Kind.of("a role that is not given", """
                    [default]
                    region = eu-central-1
                    role_arn = arn:aws:iam::111122223333:role/not-mine
                    source_profile = base
                    [profile base]
                    aws_access_key_id = AKIABASE
                    aws_secret_access_key = s
                    """, "AWS does not give the role of profile default: AccessDenied"),
            Kind.of("a role with a code", """
                    [default]
                    region = eu-central-1
                    role_arn = arn:aws:iam::111122223333:role/not-mine
                    source_profile = base
                    mfa_serial = arn:aws:iam::111122223333:mfa/me
                    [profile base]
                    aws_access_key_id = AKIABASE
                    aws_secret_access_key = s
                    """, "asks for an MFA code, and only the AWS CLI can ask you for it."),
            new Kind(
                    "a web identity without its file",
                    "",
                    Map.of(
                            "AWS_ROLE_ARN",
                            "arn:aws:iam::111122223333:role/operator",
                            "AWS_WEB_IDENTITY_TOKEN_FILE",
                            "HOME/absent"),
                    "AWS_WEB_IDENTITY_TOKEN_FILE gives no credentials for arn:aws:iam::111122223333:role/operator: "),
            new Kind(
                    "a web identity that is refused",
                    "",
                    Map.of(
                            "AWS_ROLE_ARN",
                            "arn:aws:iam::111122223333:role/not-mine",
                            "AWS_WEB_IDENTITY_TOKEN_FILE",
                            "HOME/web-identity"),
                    "AWS_WEB_IDENTITY_TOKEN_FILE gives no credentials for"));

    @TestFactory
    Stream<DynamicTest> eachKindOfCredentialsIsUsed() {
        return GOOD.stream()
                .map(kind -> DynamicTest.dynamicTest(kind.name(), () -> {
                    int before = aws.accessKeys().size();
                    var said = run(kind);
                    assertThat(said).contains("no decision with this request id");
                    assertThat(aws.accessKeys().subList(before, aws.accessKeys().size()))
                            .as(said)
                            .containsOnly(kind.outcome());
                }));
    }

    @TestFactory
    Stream<DynamicTest> eachWayToHaveNoneIsOneSentence() {
        return BAD.stream()
                .map(kind -> DynamicTest.dynamicTest(kind.name(), () -> {
                    var said = run(kind);
                    assertThat(said).contains(kind.outcome()).doesNotContain("internal error", "secret-", "Exception(");
                    assertThat(said.length()).as(said).isLessThan(520);
                }));
    }

    /** The table's own commands find them in the same way. */
    @Test
    void aTableAtAnEndpointIsReadWithAnSsoSession() throws Exception {
        var sso = GOOD.stream()
                .filter(kind -> kind.name().equals("sso session"))
                .findFirst()
                .orElseThrow();
        var url = aws.variables().get("AWS_ENDPOINT_URL_STS");
        var said = run(sso, "tokens", "list", "--table", "taskbound", "--endpoint-url", url);
        assertThat(said).contains("is not DynamoDB").doesNotContain("placeholders");
        assertThat(aws.accessKeys()).containsOnly("AKIASSO");
    }

    private String run(Kind kind) throws Exception {
        return run(
                kind,
                "policy",
                "explain",
                "--request-id",
                "R1",
                "--log-group",
                "/aws/lambda/t",
                "--region",
                "us-east-1");
    }

    private String run(Kind kind, String... args) throws Exception {
        var home = Files.createDirectories(folder.resolve(kind.name().replace(' ', '-')));
        write(home, kind.config());
        var environment = new HashMap<String, String>();
        environment.put("HOME", home.toString());
        environment.put("AWS_CONFIG_FILE", home.resolve(".aws/config").toString());
        environment.put(
                "AWS_SHARED_CREDENTIALS_FILE", home.resolve(".aws/credentials").toString());
        environment.put(
                "AWS_LOGIN_CACHE_DIRECTORY", home.resolve(".aws/login/cache").toString());
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        environment.putAll(aws.variables());
        kind.variables().forEach((name, value) -> environment.put(name, value.replace("HOME", home.toString())));
        try (var process = TaskboundProcess.start(environment, args)) {
            process.awaitExit();
            return String.join(" ", process.lines());
        }
    }

    private static void write(Path home, String config) throws Exception {
        var sso = Files.createDirectories(home.resolve(".aws/sso/cache"));
        var login = Files.createDirectories(home.resolve(".aws/login/cache"));
        Files.writeString(home.resolve(".aws/config"), config.replace("HOME", home.toString()));
        Files.writeString(home.resolve("web-identity"), "e30.e30.e30");
        Files.writeString(
                home.resolve("process.json"),
                "{\"Version\":1,\"AccessKeyId\":\"AKIAPROCESS\",\"SecretAccessKey\":\"s\"}");
        writeSso(sso, "acme", ISSUED);
        writeSso(sso, "https://legacy.awsapps.example/start", ISSUED);
        writeSso(sso, "old", LONG_AGO);
        writeSso(sso, "https://old.awsapps.example/start", LONG_AGO);
        writeLogin(login, "arn:aws:iam::111122223333:user/alive", ISSUED);
        writeLogin(login, "arn:aws:iam::111122223333:user/over", LONG_AGO);
    }

    private static void writeSso(Path cache, String of, String until) throws Exception {
        Files.writeString(
                cache.resolve(hex("SHA-1", of) + ".json"),
                "{\"startUrl\":\"https://acme.awsapps.example/start\",\"region\":\"eu-central-1\",\"accessToken\":\""
                        + StandInAws.GOOD_SSO_TOKEN + "\",\"expiresAt\":\"" + until + "\"}");
    }

    private static void writeLogin(Path cache, String of, String until) throws Exception {
        Files.writeString(
                cache.resolve(hex("SHA-256", of) + ".json"),
                "{\"accessToken\":{\"accessKeyId\":\"AKIALOGIN\",\"secretAccessKey\":\"s\",\"sessionToken\":\"t\","
                        + "\"accountId\":\"111122223333\",\"expiresAt\":\"" + until + "\"},"
                        + "\"tokenType\":\"aws_sigv4\",\"refreshToken\":\"r\",\"idToken\":\"i\","
                        + "\"clientId\":\"arn:aws:signin:::devtools/same-device\",\"dpopKey\":\"k\"}");
    }

    private static String hex(String digest, String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance(digest).digest(text.getBytes(UTF_8)));
    }
}
