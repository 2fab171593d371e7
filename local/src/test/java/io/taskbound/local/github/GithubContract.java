// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is taken of GitHub for granted. Each test needs an App with {@code contents: write} and {@code pull_requests:
 * write}, installed in an organization with two repositories that may be changed: so the same can be asked of GitHub
 * itself.
 */
abstract class GithubContract {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /**
     * Where.
     *
     * @param repository of the owner, in the installation; a file is written into it
     * @param other another one of the installation
     * @param pullRequest an open one of the repository; comments are made on it
     */
    record Place(
            String api,
            String server,
            String appId,
            PrivateKey key,
            String owner,
            String repository,
            String other,
            int pullRequest) {}

    /** A status and what came with it. */
    record Got(int status, Map<String, Object> json) {
        String message() {
            return String.valueOf(json.get("message"));
        }
    }

    abstract Place place();

    abstract Instant now();

    private String proof(Duration backdated, Duration life) throws JOSEException {
        var claims = new JWTClaimsSet.Builder()
                .issuer(place().appId())
                .issueTime(Date.from(now().minus(backdated)))
                .expirationTime(Date.from(now().plus(life)))
                .build();
        var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims);
        jwt.sign(new RSASSASigner(place().key()));
        return jwt.serialize();
    }

    private String proof() throws JOSEException {
        return proof(Duration.ofSeconds(60), Duration.ofMinutes(8));
    }

    final Got ask(String method, String path, String bearer, Optional<Map<String, Object>> body)
            throws IOException, InterruptedException, ParseException {
        var request = HttpRequest.newBuilder(URI.create(place().api() + path))
                .header("Accept", "application/vnd.github+json")
                .header("Authorization", "Bearer " + bearer)
                .method(
                        method,
                        body.map(json -> HttpRequest.BodyPublishers.ofString(JSONObjectUtils.toJSONString(json)))
                                .orElseGet(HttpRequest.BodyPublishers::noBody))
                .build();
        var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        var text = answer.body();
        var object = text.startsWith("[") ? "{\"items\":" + text + "}" : text;
        return new Got(answer.statusCode(), object.isEmpty() ? Map.of() : JSONObjectUtils.parse(object));
    }

    private Got get(String path, String bearer) throws IOException, InterruptedException, ParseException {
        return ask("GET", path, bearer, Optional.empty());
    }

    private Map<?, ?> installation() throws IOException, InterruptedException, ParseException, JOSEException {
        var list =
                (List<?>) get("/app/installations?per_page=100", proof()).json().get("items");
        return list.stream()
                .map(item -> (Map<?, ?>) item)
                .filter(item -> place().owner().equals(((Map<?, ?>) item.get("account")).get("login")))
                .findFirst()
                .orElseThrow();
    }

    private Got newToken(List<String> repositories, Map<String, Object> permissions)
            throws IOException, InterruptedException, ParseException, JOSEException {
        return ask(
                "POST",
                "/app/installations/" + installation().get("id") + "/access_tokens",
                proof(),
                Optional.of(Map.of("repositories", repositories, "permissions", permissions)));
    }

    private String token(List<String> repositories, Map<String, Object> permissions)
            throws IOException, InterruptedException, ParseException, JOSEException {
        var made = newToken(repositories, permissions);
        assertThat(made.status()).isEqualTo(201);
        return String.valueOf(made.json().get("token"));
    }

    @Test
    void anAppProvesItselfByAJwtOfAtMostTenMinutes() throws Exception {
        var app = get("/app", proof());
        assertThat(app.status()).isEqualTo(200);
        assertThat(String.valueOf(app.json().get("id"))).isEqualTo(place().appId());

        assertThat(get("/app", proof(Duration.ofSeconds(60), Duration.ofMinutes(12)))
                        .status())
                .isEqualTo(401);
        assertThat(get("/app", proof(Duration.ofMinutes(20), Duration.ofMinutes(-5)))
                        .status())
                .isEqualTo(401);
        assertThat(get("/app", proof(Duration.ofMinutes(-5), Duration.ofMinutes(9)))
                        .status())
                .isEqualTo(401);
        assertThat(get("/app", proof().replaceFirst("\\.[^.]+$", ".AAAA")).status())
                .isEqualTo(401);
    }

    @Test
    void anInstallationNamesItsAccountByIdAndKind() throws Exception {
        var installation = installation();
        assertThat(installation.get("target_type")).isIn("Organization", "User");
        assertThat(((Map<?, ?>) installation.get("account")).get("id")).isInstanceOf(Number.class);
        assertThat(installation.get("suspended_at")).isNull();
    }

    @Test
    void aTokenIsForTheRepositoriesAndPermissionsThatWereAskedFor() throws Exception {
        var made = newToken(List.of(place().repository()), Map.of("contents", "read"));

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().get("permissions")).isEqualTo(Map.of("contents", "read", "metadata", "read"));
        assertThat(made.json().get("repository_selection")).isEqualTo("selected");
        assertThat((List<?>) made.json().get("repositories")).hasSize(1).allSatisfy(item -> {
            var repository = (Map<?, ?>) item;
            assertThat(repository.get("name")).isEqualTo(place().repository());
            assertThat(((Map<?, ?>) repository.get("owner")).get("id")).isInstanceOf(Number.class);
        });
        assertThat(Duration.between(
                        now(), Instant.parse(String.valueOf(made.json().get("expires_at")))))
                .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
    }

    @Test
    void whatTheInstallationDoesNotHaveIs422WithItsWord() throws Exception {
        var permission = newToken(List.of(place().repository()), Map.of("administration", "write"));
        assertThat(permission.status()).isEqualTo(422);
        assertThat(permission.message()).contains("permissions");

        var repository = newToken(List.of("no-such-repository-of-ours"), Map.of("contents", "read"));
        assertThat(repository.status()).isEqualTo(422);
        assertThat(repository.message()).contains("repository");
    }

    @Test
    void anInstallationOfNobodyIs404() throws Exception {
        assertThat(ask("POST", "/app/installations/1/access_tokens", proof(), Optional.of(Map.of()))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aTokenOpensItsRepositoriesAndNoOther() throws Exception {
        var token = token(List.of(place().repository()), Map.of("contents", "read"));

        assertThat(get("/repos/" + place().owner() + "/" + place().repository(), token)
                        .status())
                .isEqualTo(200);
        assertThat(get("/repos/" + place().owner() + "/" + place().other(), token)
                        .status())
                .isEqualTo(404);
        assertThat(get("/installation/repositories", token).json().get("total_count"))
                .isEqualTo(1L);
    }

    @Test
    void aRevokedTokenIsGone() throws Exception {
        var token = token(List.of(place().repository()), Map.of("contents", "read"));

        assertThat(ask("DELETE", "/installation/token", token, Optional.empty()).status())
                .isEqualTo(204);
        var again = ask("DELETE", "/installation/token", token, Optional.empty());
        assertThat(again.status()).isEqualTo(401);
        assertThat(again.message()).isEqualTo("Bad credentials");
    }

    @Test
    void contentsAreReadAndWrittenAsThePermissionSays() throws Exception {
        var path = "/repos/" + place().owner() + "/" + place().repository() + "/contents/taskbound-"
                + now().toEpochMilli();
        Map<String, Object> file = Map.of("message", "A file", "content", "aGVsbG8=");

        var reader = token(List.of(place().repository()), Map.of("contents", "read"));
        assertThat(ask("PUT", path, reader, Optional.of(file)).status()).isEqualTo(403);
        var writer = token(List.of(place().repository()), Map.of("contents", "write"));
        assertThat(ask("PUT", path, writer, Optional.of(file)).status()).isEqualTo(201);
        assertThat(ask("PUT", path, writer, Optional.of(file)).status()).isEqualTo(422);
        assertThat(get(path, reader).json().get("encoding")).isEqualTo("base64");
    }

    @Test
    void gitClonesAndPushesWhatTheTokenOpensUntilItIsRevoked(@TempDir Path folder) throws Exception {
        var token = token(List.of(place().repository()), Map.of("contents", "write"));
        var git = new GitClient(folder, place().server(), token);
        var url = place().server() + "/" + place().owner() + "/";

        assertThat(git.run(folder, "clone", url + place().repository() + ".git", "work")
                        .status())
                .isZero();
        var work = folder.resolve("work");
        Files.writeString(work.resolve("pushed.txt"), now() + "\n");
        assertThat(git.run(work, "add", ".").status()).isZero();
        assertThat(git.run(work, "commit", "-q", "-m", "A push").status()).isZero();
        assertThat(git.run(work, "push", "origin", "HEAD").status()).isZero();
        assertThat(git.run(folder, "clone", url + place().other() + ".git", "other")
                        .status())
                .isNotZero();

        ask("DELETE", "/installation/token", token, Optional.empty());
        assertThat(git.run(work, "fetch", "origin").status()).isNotZero();
    }

    @Test
    void whoMayOnlyReadCannotPush(@TempDir Path folder) throws Exception {
        var git = new GitClient(
                folder, place().server(), token(List.of(place().repository()), Map.of("contents", "read")));
        assertThat(git.run(
                                folder,
                                "clone",
                                place().server() + "/" + place().owner() + "/" + place().repository() + ".git",
                                "work")
                        .status())
                .isZero();
        var work = folder.resolve("work");
        assertThat(git.run(work, "commit", "-q", "--allow-empty", "-m", "A push")
                        .status())
                .isZero();
        assertThat(git.run(work, "push", "origin", "HEAD").said()).contains("403");
    }

    @Test
    void aCommentOnAPullRequestIsMadeListedAndChanged() throws Exception {
        var token = token(List.of(place().repository()), Map.of("pull_requests", "write"));
        var repository = "/repos/" + place().owner() + "/" + place().repository() + "/issues/";
        var made = ask(
                "POST",
                repository + place().pullRequest() + "/comments",
                token,
                Optional.of(Map.of("body", "first, at " + now())));
        assertThat(made.status()).isEqualTo(201);
        var id = made.json().get("id");
        assertThat(String.valueOf(((Map<?, ?>) made.json().get("user")).get("login")))
                .endsWith("[bot]");

        var changed = ask("PATCH", repository + "comments/" + id, token, Optional.of(Map.of("body", "second")));
        assertThat(changed.status()).isEqualTo(200);
        var listed = get(repository + place().pullRequest() + "/comments?per_page=100", token);
        assertThat(((List<?>) listed.json().get("items"))
                        .stream()
                                .map(item -> (Map<?, ?>) item)
                                .filter(item -> id.equals(item.get("id")))
                                .map(item -> String.valueOf(item.get("body"))))
                .containsExactly("second");
        assertThat((List<?>) get(repository + place().pullRequest() + "/comments?per_page=1&page=9999", token)
                        .json()
                        .get("items"))
                .isEmpty();
    }

    @Test
    void whoMayOnlyReadPullRequestsMakesNoComment() throws Exception {
        var token = token(List.of(place().repository()), Map.of("pull_requests", "read"));
        var path = "/repos/" + place().owner() + "/" + place().repository() + "/issues/" + place().pullRequest()
                + "/comments";
        assertThat(get(path, token).status()).isEqualTo(200);
        var refused = ask("POST", path, token, Optional.of(Map.of("body", "no")));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.message()).isEqualTo("Resource not accessible by integration");
    }

    @Test
    void aCommentIsNeitherEmptyNorEndlessAndItsPullRequestIsThere() throws Exception {
        var token = token(List.of(place().repository()), Map.of("pull_requests", "write"));
        var repository = "/repos/" + place().owner() + "/" + place().repository() + "/issues/";
        var path = repository + place().pullRequest() + "/comments";
        assertThat(ask("POST", path, token, Optional.of(Map.of("body", ""))).status())
                .isEqualTo(422);
        assertThat(ask("POST", path, token, Optional.of(Map.of("body", "x".repeat(65_537))))
                        .status())
                .isEqualTo(422);
        assertThat(ask("POST", repository + "999999999/comments", token, Optional.of(Map.of("body", "x")))
                        .status())
                .isEqualTo(404);
    }
}
