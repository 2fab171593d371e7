// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static io.taskbound.http.TestIssuer.SIGNER_SECRET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.audit.AuditLine;
import io.taskbound.audit.Reason;
import io.taskbound.hook.Delivery;
import io.taskbound.http.HttpRequest;
import io.taskbound.http.TestIssuer;
import io.taskbound.http.TestIssuer.Answer;
import io.taskbound.ledger.InMemoryLedger;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.local.ClaimSet;
import io.taskbound.token.SignerUnavailable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hooks of the four CI systems at the whole issuer: what ends, what does not, and what is refused. */
class RunEndTest {
    private static final String SECRET = "acme-hook-secret-acme-hook-secret";

    private final AtomicBoolean down = new AtomicBoolean();
    private final TestIssuer issuer = new TestIssuer(sometimesDown(new InMemoryLedger()));

    private Ledger sometimesDown(Ledger ledger) {
        return (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    if (down.get()) {
                        throw new LedgerUnavailable("down for the test");
                    }
                    try {
                        return method.invoke(ledger, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    @BeforeEach
    void hooks() {
        use("github", "\"repository_id\":\"2002\",\"repository_owner_id\":\"1001\"", "\"owner_id\":\"1001\"");
        issuer.hookSecrets.put("acme", List.of(SECRET));
    }

    /** A policy with one provider of this profile, and one hook that is bound so. */
    private void use(String profile, String claims, String bound) {
        issuer.policy.replace(TestIssuer.compile(TestIssuer.policyJson(issuer.provider.issuer())
                .replace("\"profile\":\"github\"", "\"profile\":\"" + profile + "\"")
                .replaceAll("\"claims\":\\{[^}]*}", "\"claims\":{" + claims + "}")
                .replace("artifact:${project}/**@", "artifact:acme/shop/**@")
                .replace("\"tasks\":{", "\"hooks\":{\"acme\":{\"provider\":\"github\"," + bound + "}},\"tasks\":{")));
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private Answer deploy(String idToken) {
        var answer = issuer.token(TestIssuer.deployForm(idToken));
        assertThat(answer.status()).as(answer + " " + issuer.audit).isEqualTo(200);
        return answer;
    }

    private boolean isAlive(Answer token) {
        return issuer.introspect(token.accessToken(), "deployer", SIGNER_SECRET).active();
    }

    private String now() {
        return issuer.clock.instant().toString();
    }

    private String job(String id, String run, String attempt, String at) {
        return """
                {"action":"completed","workflow_job":{"id":%s,"run_id":%s,"run_attempt":%s,"completed_at":"%s",
                 "check_run_url":"https://api.github.com/repos/acme/shop/check-runs/%s"},
                 "repository":{"id":2002,"owner":{"id":1001}}}
                """.formatted(id, run, attempt, at, id);
    }

    private String run(String run, String attempt, String at) {
        return """
                {"action":"completed","workflow_run":{"id":%s,"run_attempt":%s,"updated_at":"%s"},
                 "repository":{"id":2002,"owner":{"id":1001}}}
                """.formatted(run, attempt, at);
    }

    private Answer github(String event, String body) {
        return send(
                "acme", body, Map.of("x-github-event", event, "x-hub-signature-256", "sha256=" + hmac(SECRET, body)));
    }

    private Answer send(String hook, String body, Map<String, String> more) {
        var headers = new LinkedHashMap<String, List<String>>();
        headers.put("content-type", List.of("application/json"));
        more.forEach((name, value) -> headers.put(name, List.of(value)));
        return issuer.send(new HttpRequest("POST", "/hooks/" + hook, headers, body.getBytes(UTF_8), Optional.empty()));
    }

    private static String hmac(String secret, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }

    private static void assertResult(Answer answer, String result) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.text("result")).isEqualTo(result);
    }

    @Test
    void aJobsEndClosesItsTokensAndNoOthersWithinOneRequest() {
        var mine = deploy(issuer.idToken());
        var alsoMine = deploy(issuer.idToken());
        var sibling = deploy(issuer.idToken("check_run_id", "90002"));
        var otherAttempt = deploy(issuer.idToken("run_attempt", "2"));
        var otherRun = deploy(issuer.idToken("run_id", "7002"));

        assertResult(github("workflow_job", job("90001", "7001", "1", now())), "closed");

        assertThat(isAlive(mine)).isFalse();
        assertThat(isAlive(alsoMine)).isFalse();
        assertThat(isAlive(sibling)).isTrue();
        assertThat(isAlive(otherAttempt)).isTrue();
        assertThat(isAlive(otherRun)).isTrue();
        assertThat(issuer.audit)
                .anySatisfy(line -> assertThat(line)
                        .contains(
                                "\"event\":\"hook\"",
                                "\"hook\":\"acme\"",
                                "\"provider\":\"github\"",
                                "\"project_id\":\"2002\"",
                                "\"run\":\"2002/7001/1\"",
                                "\"job\":\"90001\"",
                                "\"count\":2",
                                "\"result\":\"closed\""));
        assertThat(issuer.metrics.toString()).contains("\"Cause\":\"hook\"");
    }

    @Test
    void aProofFromBeforeTheEndGivesNothingAfterIt() {
        var kept = issuer.idToken();
        issuer.clock.advance(Duration.ofSeconds(20));
        github("workflow_job", job("90001", "7001", "1", now()));
        issuer.clock.advance(Duration.ofSeconds(20));

        assertThat(issuer.token(TestIssuer.deployForm(kept)).status()).isEqualTo(400);
        assertThat(issuer.lastAudit()).contains("run_closed");
    }

    @Test
    void aProofFromAClockThatIsAheadGivesNothingEither() {
        var end = issuer.clock.instant().plusSeconds(20);
        github("workflow_job", job("90001", "7001", "1", end.toString()));
        issuer.clock.advance(Duration.ofSeconds(10));
        var ahead = issuer.idToken("iat", end.getEpochSecond());

        assertThat(issuer.token(TestIssuer.deployForm(ahead)).status()).isEqualTo(400);
    }

    @Test
    void aRunsEndClosesAllAndNothingIsMintedOfItAgain() {
        var one = deploy(issuer.idToken());
        var two = deploy(issuer.idToken("check_run_id", "90002"));

        assertResult(github("workflow_run", run("7001", "1", now())), "closed");

        assertThat(isAlive(one)).isFalse();
        assertThat(isAlive(two)).isFalse();
        issuer.clock.advance(Duration.ofMinutes(5));
        var fresh = issuer.idToken();
        assertThat(issuer.token(TestIssuer.deployForm(fresh)).status()).isEqualTo(400);
        assertThat(issuer.lastAudit()).contains("run_closed");
    }

    @Test
    void aReRunIsAnotherRunAndAReplayDoesNotReachIt() {
        github("workflow_run", run("7001", "1", now()));
        var end = job("90001", "7001", "1", now());
        github("workflow_job", end);
        issuer.clock.advance(Duration.ofMinutes(10));
        var again = deploy(issuer.idToken("run_attempt", "2"));

        assertResult(github("workflow_run", run("7001", "1", now())), "unchanged");
        assertResult(github("workflow_job", end), "unchanged");

        assertThat(isAlive(again)).isTrue();
    }

    @Test
    void theSameDeliveryTwiceIsHarmless() {
        var token = deploy(issuer.idToken());
        var end = job("90001", "7001", "1", now());

        assertResult(github("workflow_job", end), "closed");
        assertResult(github("workflow_job", end), "unchanged");

        assertThat(isAlive(token)).isFalse();
    }

    @Test
    void whatIsNoEndIsAnsweredAndChangesNothing() {
        var token = deploy(issuer.idToken());
        var body = job("90001", "7001", "1", now());

        assertResult(github("ping", "{\"zen\":\"x\"}"), "ignored");
        assertResult(github("workflow_job", body.replace("completed\",\"w", "in_progress\",\"w")), "ignored");
        assertResult(github("push", body), "ignored");

        assertThat(isAlive(token)).isTrue();
        assertThat(issuer.audit).filteredOn(line -> line.contains("not_an_end")).hasSize(3);
    }

    @Test
    void whoHasNotTheSecretLearnsNothingAndChangesNothing() {
        var token = deploy(issuer.idToken());
        var body = job("90001", "7001", "1", now());
        var good = Map.of("x-github-event", "workflow_job", "x-hub-signature-256", "sha256=" + hmac(SECRET, body));

        var forged = send(
                "acme",
                body,
                Map.of("x-github-event", "workflow_job", "x-hub-signature-256", "sha256=" + hmac("x", body)));
        var unsigned = send("acme", body, Map.of("x-github-event", "workflow_job"));
        var changed = send("acme", body + " ", good);
        var unknown = send("nobody", body, good);
        var noName = send("No%20Name", body, good);
        issuer.hookSecrets.clear();
        var secretless = send("acme", body, good);

        for (var answer : List.of(forged, unsigned, changed, unknown, noName, secretless)) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.text("error_description")).isEqualTo(forged.text("error_description"));
            assertThat(answer.headers().get("WWW-Authenticate")).startsWith("Hook ");
        }
        assertThat(isAlive(token)).isTrue();
        assertThat(String.join("\n", issuer.audit))
                .contains("bad_hook_signature", "unknown_hook", "no_hook_secret")
                .doesNotContain(SECRET, "check-runs", "workflow_job");
    }

    /** A body that is no JSON must be refused by its signature, before anybody reads it. */
    @Test
    void nothingIsReadBeforeItIsAuthenticated() {
        var body = "{".repeat(1_000);
        assertThat(send(
                                "acme",
                                body,
                                Map.of(
                                        "x-github-event",
                                        "workflow_job",
                                        "x-hub-signature-256",
                                        "sha256=" + "0".repeat(64)))
                        .status())
                .isEqualTo(401);
        assertThat(github("workflow_job", body).status()).isEqualTo(400);
        assertThat(issuer.lastAudit()).contains("malformed").doesNotContain("{{");
    }

    @Test
    void bothSecretsCountWhileOneReplacesTheOther() {
        issuer.hookSecrets.put("acme", List.of("the-older-secret-of-the-hook", SECRET));
        var token = deploy(issuer.idToken());

        assertResult(github("workflow_job", job("90001", "7001", "1", now())), "closed");
        assertThat(isAlive(token)).isFalse();

        issuer.hookSecrets.put("acme", List.of("another-secret-of-the-hook"));
        assertThat(github("workflow_job", job("90001", "7001", "1", now())).status())
                .isEqualTo(401);
    }

    @Test
    void anotherOwnersEventIsRefused() {
        var token = deploy(issuer.idToken());
        var foreign = job("90001", "7001", "1", now()).replace("\"owner\":{\"id\":1001}", "\"owner\":{\"id\":6666}");

        var answer = github("workflow_job", foreign);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("error")).isEqualTo("foreign_delivery");
        assertThat(issuer.lastAudit()).contains("foreign_event", "\"result\":\"refused\"");
        assertThat(isAlive(token)).isTrue();
    }

    @Test
    void anotherRepositorysEventIsRefusedWhereTheHookIsBoundToOne() {
        use(
                "github",
                "\"repository_id\":\"2002\",\"repository_owner_id\":\"1001\"",
                "\"owner_id\":\"1001\",\"repository_ids\":[\"3003\"]");
        var token = deploy(issuer.idToken());

        assertThat(github("workflow_job", job("90001", "7001", "1", now())).status())
                .isEqualTo(403);

        assertThat(isAlive(token)).isTrue();
    }

    /** Whoever has the secret writes owner and repository into the event; the ID tokens know better. */
    @Test
    void anEventThatNamesAForeignRunAsItsOwnersEndsNothingOfIt() {
        use(
                "github",
                "\"repository_id\":[\"2002\",\"9999\"],\"repository_owner_id\":[\"1001\",\"6666\"]",
                "\"owner_id\":\"1001\"");
        var foreign = deploy(foreignIdToken());

        for (var body : List.of(job("90001", "7001", "1", now()), run("7001", "1", now()))) {
            var event = body.contains("workflow_job") ? "workflow_job" : "workflow_run";
            assertResult(github(event, body.replace("\"id\":2002", "\"id\":9999")), "unchanged");
        }

        assertThat(isAlive(foreign)).isTrue();
        issuer.clock.advance(Duration.ofSeconds(5));
        assertThat(isAlive(deploy(foreignIdToken()))).isTrue();
    }

    private String foreignIdToken() {
        var claims = new HashMap<>(issuer.githubClaims());
        claims.put("repository_id", "9999");
        claims.put("repository_owner_id", "6666");
        return issuer.provider.idToken(ClaimSet.of(claims));
    }

    @Test
    void aHookWithoutTheOwnerOfItsRunLeavesTheOtherHooksWordAlone() {
        var token = deploy(issuer.idToken());
        github("workflow_run", run("7001", "1", now()).replace("\"id\":2002", "\"id\":9999"));
        assertThat(isAlive(token)).isTrue();

        assertResult(github("workflow_job", job("90001", "7001", "1", now())), "closed");
        assertThat(isAlive(token)).isFalse();
    }

    /**
     * A thousand ends of jobs are kept; what a further one leaves open is said, and the end of the run still counts.
     */
    @Test
    void theEndOfOneJobTooManyClosesItsTokensAndSaysWhatItLeavesOpen() {
        for (int job = 1; job <= 1_000; job++) {
            github("workflow_job", job(Integer.toString(job), "7001", "1", now()));
        }
        var token = deploy(issuer.idToken());
        var kept = issuer.idToken();

        assertResult(github("workflow_job", job("90001", "7001", "1", now())), "closed");
        assertThat(issuer.audit).anyMatch(line -> line.contains("more ended jobs than a run keeps"));
        assertThat(isAlive(token)).isFalse();
        assertThat(isAlive(deploy(kept))).isTrue();

        assertResult(github("workflow_run", run("7001", "1", now())), "closed");
        assertThat(issuer.token(TestIssuer.deployForm(issuer.idToken())).status())
                .isEqualTo(400);
    }

    @Test
    void anEndLongAgoWritesNothing() {
        down.set(true);
        var old = issuer.clock.instant().minus(RunEnd.OLDEST).minusSeconds(1).toString();

        assertResult(github("workflow_job", job("90001", "7001", "1", old)), "ignored");
        assertThat(issuer.lastAudit()).contains("stale_event", "\"result\":\"unchanged\"");
    }

    @Test
    void anEndInTheFutureIsRefused() {
        var future = issuer.clock.instant().plus(Ledger.MAX_SKEW).plusSeconds(1).toString();
        assertThat(github("workflow_job", job("90001", "7001", "1", future)).status())
                .isEqualTo(400);
    }

    @Test
    void anOutageIsAnsweredSoThatTheEventComesAgain() {
        var token = deploy(issuer.idToken());
        var end = job("90001", "7001", "1", now());

        down.set(true);
        var answer = github("workflow_job", end);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsKey("Retry-After");
        assertThat(issuer.lastAudit()).contains("ledger_unavailable", "\"result\":\"unavailable\"");

        down.set(false);
        assertResult(github("workflow_job", end), "closed");
        assertThat(isAlive(token)).isFalse();
    }

    /**
     * What cannot be opened is not taken for wrong: the CI system sends it again, and nothing is said of the secret.
     */
    @Test
    void asksForTheEventAgainWhileKmsOpensNoSecret() {
        var lines = new ArrayList<AuditLine>();
        var sealed = new RunEnd(
                issuer.policy,
                issuer.ledger,
                (hook, now) -> {
                    throw new SignerUnavailable("KMS did not open the secret of a hook");
                },
                new CredentialEnds(issuer.policy, issuer.ledger, Optional.empty(), lines::add),
                lines::add);

        var answer = sealed.receive(
                "acme", new Delivery(name -> Optional.empty(), new byte[0]), "R", issuer.clock.instant());

        assertThat(answer).isInstanceOfSatisfying(RunEndAnswer.Refused.class, refused -> {
            assertThat(refused.refusal().code()).isEqualTo(ErrorCode.TEMPORARILY_UNAVAILABLE);
            assertThat(refused.refusal().retryAfter()).isPresent();
        });
        assertThat(lines)
                .singleElement()
                .satisfies(line -> assertThat(line.reason()).contains(Reason.SIGNER_UNAVAILABLE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "text/plain",
                "application/json; charset=latin-1",
                "json",
                ""
            })
    void onlyJsonIsTaken(String type) {
        var body = job("90001", "7001", "1", now());
        assertThat(send(
                                "acme",
                                body,
                                Map.of(
                                        "content-type",
                                        type,
                                        "x-github-event",
                                        "workflow_job",
                                        "x-hub-signature-256",
                                        "sha256=" + hmac(SECRET, body)))
                        .status())
                .isEqualTo(415);
    }

    @Test
    void whatIsTooLargeOrEncodedOrAskedForIsRefused() {
        var large = "{\"x\":\"" + "y".repeat(256 * 1024) + "\"}";
        assertThat(github("workflow_job", large).status()).isEqualTo(413);
        var fits = "{\"x\":\"" + "y".repeat(256 * 1024 - 8) + "\"}";
        assertResult(github("push", fits), "ignored");
        assertThat(send("acme", "{}", Map.of("content-encoding", "gzip")).status())
                .isEqualTo(415);
        var get = issuer.send(new HttpRequest("GET", "/hooks/acme", Map.of(), new byte[0], Optional.empty()));
        assertThat(get.status()).isEqualTo(405);
        assertThat(get.headers()).containsEntry("Allow", "POST");
    }

    private Answer gitlab(String body) {
        return send("acme", body, Map.of("x-gitlab-token", SECRET));
    }

    private String gitlabIdToken(String job) {
        var claims = new HashMap<>(issuer.githubClaims());
        claims.keySet()
                .removeIf(name -> name.contains("repository") || name.contains("run") || name.equals("event_name"));
        claims.putAll(Map.of(
                "project_id",
                "20",
                "project_path",
                "acme/shop",
                "pipeline_id",
                "574",
                "job_id",
                job,
                "pipeline_source",
                "push",
                "ref",
                "main",
                "ref_protected",
                "true",
                "sub",
                "project_path:acme/shop"));
        return issuer.provider.idToken(ClaimSet.of(claims));
    }

    private static String rails(Instant time) {
        return time.toString().replace('T', ' ').replaceAll("(\\.\\d+)?Z$", " UTC");
    }

    /** GitLab retries a job in the pipeline that had ended: the pipeline's old event must not reach the new job. */
    @Test
    void aPipelinesEndClosesWhatWasThereAndALaterRetryLives() {
        use("gitlab", "\"project_id\":\"20\"", "\"project_ids\":[\"20\"]");
        var first = deploy(gitlabIdToken("302"));
        issuer.clock.advance(Duration.ofSeconds(5));
        var end = """
                {"object_kind":"pipeline","object_attributes":{"id":574,"status":"failed","finished_at":"%s"},
                 "project":{"id":20}}
                """.formatted(rails(issuer.clock.instant()));

        assertResult(gitlab(end), "closed");
        assertThat(isAlive(first)).isFalse();

        issuer.clock.advance(Duration.ofMinutes(2));
        var retried = deploy(gitlabIdToken("305"));
        assertResult(gitlab(end), "unchanged");
        assertThat(isAlive(retried)).isTrue();
    }

    @Test
    void aGitlabJobsEndClosesItsTokensAlone() {
        use("gitlab", "\"project_id\":\"20\"", "\"project_ids\":[\"20\"]");
        var mine = deploy(gitlabIdToken("302"));
        var sibling = deploy(gitlabIdToken("303"));
        var end = """
                {"object_kind":"build","build_id":302,"build_status":"canceled","build_started_at":"%1$s",
                 "build_finished_at":"%1$s","pipeline_id":574,"project_id":20}
                """.formatted(now());

        assertResult(gitlab(end), "closed");
        assertThat(isAlive(mine)).isFalse();
        assertThat(isAlive(sibling)).isTrue();
        assertThat(gitlab(end.replace("\"project_id\":20", "\"project_id\":21")).status())
                .isEqualTo(403);
        assertThat(send("acme", end, Map.of("x-gitlab-token", SECRET + "x")).status())
                .isEqualTo(401);
    }

    /**
     * An ID token says either ids or slugs. An event's slugs count for nothing: nobody can tell whether they are of a
     * pipeline that the hook may speak for.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBuildkiteJobsEndFindsItsRunByIdsAndNeverBySlugs(boolean ids) {
        var pipeline = "0184990a-477a-4fa8-9968-496074480b02";
        var job = "0184990a-477b-4fa8-9968-496074483cee";
        use(
                "buildkite",
                "\"organization_slug\":\"acme-inc\",\"pipeline_slug\":\"shop\"",
                "\"pipeline_ids\":[\"" + pipeline + "\"]");
        var claims = new HashMap<>(issuer.githubClaims());
        claims.keySet().removeIf(name -> name.contains("repository") || name.contains("run") || name.contains("ref"));
        claims.putAll(Map.of(
                "organization_slug",
                "acme-inc",
                "pipeline_slug",
                "shop",
                "build_number",
                7,
                "job_id",
                job,
                "build_branch",
                "main"));
        if (ids) {
            claims.put("pipeline_id", pipeline);
        }
        var token = deploy(issuer.provider.idToken(ClaimSet.of(claims)));
        var body = """
                {"event":"job.finished","job":{"id":"%s","finished_at":"%s"},
                 "build":{"number":7,"web_url":"https://buildkite.com/acme-inc/shop/builds/7"},"pipeline":{"id":"%s"}}
                """.formatted(job, now(), pipeline);

        assertResult(buildkite(body, issuer.clock.instant()), ids ? "closed" : "unchanged");

        assertThat(isAlive(token)).isEqualTo(!ids);
        assertThat(buildkite(body, issuer.clock.instant().minusSeconds(301)).status())
                .isEqualTo(401);
        assertThat(issuer.lastAudit()).contains("bad_hook_signature", "5 min");
    }

    private Answer buildkite(String body, Instant sent) {
        long time = sent.getEpochSecond();
        return send(
                "acme",
                body,
                Map.of("x-buildkite-signature", "timestamp=" + time + ",signature=" + hmac(SECRET, time + "." + body)));
    }

    @Test
    void aCircleciWorkflowsEndClosesItsTokens() {
        var project = "8f2c6b1e-6f6e-4b0c-9b3a-6f1d0a4f2b03";
        var workflow = "fda08377-fe7e-46b1-8992-3a7aaecac9c3";
        var organization = "5d7e1a36-3f0d-4f1e-8a55-0c6b2f1f9a01";
        use(
                "circleci",
                "\"oidc.circleci.com/project-id\":\"" + project + "\"",
                "\"organization_id\":\"" + organization + "\"");
        var claims = new HashMap<>(issuer.githubClaims());
        claims.keySet().removeIf(name -> name.contains("repository") || name.contains("run") || name.contains("ref"));
        claims.putAll(Map.of("oidc.circleci.com/project-id", project, "oidc.circleci.com/workflow-id", workflow));
        var token = deploy(issuer.provider.idToken(ClaimSet.of(claims)));
        var body = """
                {"type":"workflow-completed","happened_at":"%1$s","project":{"id":"%2$s"},"organization":{"id":"%3$s"},
                 "workflow":{"id":"%4$s","stopped_at":"%1$s"}}
                """.formatted(now(), project, organization, workflow);

        assertThat(circleci(body.replace(organization, project)).status()).isEqualTo(403);
        assertThat(isAlive(token)).isTrue();
        assertResult(circleci(body), "closed");
        assertThat(isAlive(token)).isFalse();
    }

    private Answer circleci(String body) {
        return send("acme", body, Map.of("circleci-signature", "v2=abc, v1=" + hmac(SECRET, body)));
    }
}
