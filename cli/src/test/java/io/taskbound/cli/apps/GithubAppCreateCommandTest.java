// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.apps;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import io.taskbound.local.github.GithubEndpoint;
import io.taskbound.local.github.GithubTrouble;
import io.taskbound.local.github.StandInGithub;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code taskbound github-app create} against the stand-in of GitHub, with the forms sent by hand. */
class GithubAppCreateCommandTest {
    private static final String POLICY = """
            version: 1
            providers:
              github:
                profile: github
                issuer: https://token.actions.githubusercontent.com
                audience: https://tokens.acme.example
            resource_servers:
              github:
                kind: github-app
                app_id: "1"
                owners: {acme: "1001"}
              other:
                kind: github-app
                app_id: "2"
                owners: {globex: "2001"}
            tasks:
              bump-version:
                permissions:
                  - {resource_server: github, actions: ["contents:write"], identifiers: ["github:acme/shop"]}
                lease: 60s
                allow:
                  - {provider: github, claims: {repository_id: "2002", repository_owner_id: "1001"}}
              comment:
                permissions:
                  - {resource_server: github, actions: ["contents:read", "issues:write"], identifiers: ["github:acme/shop"]}
                lease: 60s
                allow:
                  - {provider: github, claims: {repository_id: "2002", repository_owner_id: "1001"}}
              elsewhere:
                permissions:
                  - {resource_server: other, actions: ["administration:write"], identifiers: ["github:globex/shop"]}
                lease: 60s
                allow:
                  - {provider: github, claims: {repository_id: "2002", repository_owner_id: "1001"}}
            """;

    @TempDir
    private Path folder;

    private StandInGithub github = StandInGithub.start(Clock.systemUTC());
    private Path data = Path.of("");

    @BeforeEach
    void makeFolder() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        github.organization("acme", 1001);
        github.user("octocat", 583231);
    }

    @AfterEach
    void stop() {
        github.close();
    }

    private String[] line(String... more) {
        var line = new ArrayList<>(List.of("github-app", "create", "--data", data.toString()));
        if (!List.of(more).contains("--api-url")) {
            line.addAll(List.of("--api-url", github.url()));
        }
        line.addAll(List.of(more));
        return line.toArray(String[]::new);
    }

    private Creating creating() {
        return Creating.start(line("--owner", "acme", "--permission", "contents:write"));
    }

    /** What GitHub sends the browser to, after the person agreed there. */
    private URI agreed(URI page) throws IOException {
        var asking = Web.submit(Web.get(page), page);
        assertThat(asking.status()).as(asking.text()).isEqualTo(200);
        assertThat(asking.text()).contains("Create GitHub App for acme");
        return URI.create(Web.submit(asking, github.apiUrl()).location().orElseThrow());
    }

    @Test
    void theKeyIsKeptForTheIssuerAndTheLinesForThePolicyAreSaid() throws Exception {
        var creating = creating();
        var back = Web.get(agreed(creating.page()));
        assertThat(back.status()).isEqualTo(200);
        assertThat(back.text()).contains("go on in the terminal");

        var ran = creating.endedWell();
        var app = github.app("12345").orElseThrow();
        assertThat(ran.out())
                .contains("The App taskbound-acme has the id 12345")
                .contains(github.url() + "/apps/taskbound-acme/installations/new")
                .contains("app_id: \"12345\"", "owners: {acme: \"1001\"}", "api_url: " + github.url());
        assertThat(ran.err()).isEmpty();
        assertThat(AppKey.read(app.pem(), "it")
                        .isSignedBy(new AppKeyFolder(data).find("12345").orElseThrow()))
                .isTrue();
        app.pem()
                .lines()
                .filter(line -> line.length() == 64)
                .forEach(line -> assertThat(ran.out()).doesNotContain(line));
    }

    @Test
    void asksForWhatThePolicysTasksNeedOfThisOwnerAndForNothingElse() throws Exception {
        var policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
        var creating = Creating.start(line("--owner", "acme", "--policy", policy.toString()));
        var page = Web.get(creating.page());
        assertThat(page.text())
                .contains("<li>contents: write</li><li>issues: write</li></ul>")
                .doesNotContain("administration");
        assertThat(page.formBody())
                .contains("%22default_permissions%22%3A%7B%22contents%22%3A%22write%22%2C%22issues%22%3A%22write%22%7D")
                .contains("%22active%22%3Afalse", "%22public%22%3Afalse", "%22default_events%22%3A%5B%5D");
        Web.get(agreed(creating.page()));
        creating.endedWell();
    }

    @Test
    void thePageSendsItsFormToGithubAloneAndRunsNothing() throws Exception {
        var creating = Creating.start(line("--owner", "acme", "--permission", "contents:write"));
        var page = Web.get(creating.page());
        assertThat(page.contentPolicy())
                .startsWith("default-src 'none'; form-action " + github.url() + "; frame-ancestors 'none'");
        assertThat(page.text()).doesNotContain("<script", "javascript:", "style=");
        Web.get(agreed(creating.page()));
        creating.ended();
    }

    @Test
    void takesOneAnswerAndOnlyWithTheStateOfItsForm() throws Exception {
        var creating = creating();
        var page = creating.page();
        var wrong = URI.create(page + "/made?code=0123456789abcdef&state=another");
        assertThat(Web.get(wrong).status()).isEqualTo(400);
        assertThat(Web.get(URI.create(page + "/made?code=0123456789abcdef")).status())
                .isEqualTo(400);
        assertThat(Web.get(page.resolve("/")).status()).isEqualTo(404);
        assertThat(Web.get(page.resolve("/another/made?code=1&state=1")).status())
                .isEqualTo(404);
        assertThat(Web.post(page, "").status()).isEqualTo(400);
        var good = agreed(page);
        var smuggled = URI.create(good + "&code=another");
        assertThat(Web.get(smuggled).status()).isEqualTo(400);
        assertThat(creating.isOver()).isFalse();

        assertThat(Web.get(good).status()).isEqualTo(200);
        creating.endedWell();
        assertThat(github.requests(GithubEndpoint.CONVERSIONS)).isOne();
    }

    /** A name that leads here by DNS rebinding is another origin, and no page is given to it. */
    @Test
    void answersUnderItsOwnAddressAlone() throws Exception {
        var creating = Creating.start(line("--owner", "acme", "--permission", "contents:write", "--wait", "2"));
        var page = creating.page();
        try (var socket = new Socket("127.0.0.1", page.getPort())) {
            socket.getOutputStream()
                    .write(("GET " + page.getPath() + " HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n")
                            .getBytes(US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 400")
                    .doesNotContain("manifest");
        }
        creating.ended();
    }

    @Test
    void givesUpWhenNobodyAgrees() throws Exception {
        var creating = Creating.start(line("--owner", "acme", "--permission", "contents:write", "--wait", "1"));
        var ran = creating.ended();
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("Nobody agreed at GitHub within 1 s");
        assertThat(data.resolve("github-apps")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(
            value = GithubTrouble.class,
            names = {"ERROR", "WEB_PAGE", "BROKEN_JSON", "WRONG_TYPES", "DOWN", "HUGE", "REDIRECTS"})
    void saysThatThereMayBeAnAppWhenGithubHandsNoneOver(GithubTrouble trouble) throws Exception {
        github.trouble(GithubEndpoint.CONVERSIONS, trouble);
        var creating = creating();
        Web.get(agreed(creating.page()));
        var ran = creating.ended();
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("GitHub did not hand over the App", "There may be an App now");
        assertThat(ran.out() + ran.err()).doesNotContain("PRIVATE KEY");
    }

    @Test
    void saysThatTheAppIsThereWhenItsKeyCannotBeKept() throws Exception {
        var creating = creating();
        var back = agreed(creating.page());
        Files.delete(data);
        Web.get(back);
        var ran = creating.ended();
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("The App 12345 is there, and its key is not kept", "generate a new key");
    }

    /** Or GitHub would make an App, and its key would be lost. */
    @Test
    void nothingStartsWithoutTheFolderThatKeepsTheKey() throws Exception {
        Files.delete(data);
        var ran = Ran.of(line("--owner", "acme", "--permission", "contents:write", "--wait", "1"));
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("there is no such file or folder", "taskbound serve");
        assertThat(ran.out()).isEmpty();
        assertThat(data).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "--owner a/b --permission contents:write, Not the login",
        "--owner acme, permissions are not named",
        "--owner acme --permission contents:write --policy x.yaml, named twice",
        "--owner acme --permission contents, Not a permission of GitHub",
        "--owner acme --permission contents:all, Not a permission of GitHub",
        "--owner acme --permission contents:read --name <b>, Not a name for an App",
        "--owner acme --permission contents:read --api-url http://github.com, Not the address of an API",
        "--owner acme --permission contents:read --api-url https://u:p@ghe.example, Not the address of an API",
        "--owner acme --permission contents:read --kms-key arn:aws:kms:eu-central-1:111122223333:key/1, is not there yet",
    })
    void whatIsTypedWronglyStartsNothing(String typed, String complaint) {
        var ran = Ran.of(line(typed.split(" ")));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains(complaint);
    }

    @Test
    void aPolicyWithoutTasksForTheOwnerIsNoSource() throws Exception {
        var policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
        var ran = Ran.of(line("--owner", "initech", "--policy", policy.toString()));
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("No task of the policy");
    }
}
