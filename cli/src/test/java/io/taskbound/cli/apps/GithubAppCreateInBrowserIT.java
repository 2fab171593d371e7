// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.cli.browser.Chromium;
import io.taskbound.local.github.StandInGithub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guided way in a real browser, which obeys the page's Content Security Policy, and follows GitHub's way back. */
class GithubAppCreateInBrowserIT {
    @TempDir
    private Path folder;

    @Test
    void twoClicksMakeTheAppAndItsKeyIsInNoPage() throws Exception {
        var program = Chromium.installed();
        assumeTrue(program.isPresent(), "NOT RUN: needs Chromium");
        var data = Files.createDirectory(folder.resolve("data"));
        try (var github = StandInGithub.start(Clock.systemUTC());
                var browser = Chromium.start(program.get(), folder.resolve("profile"))) {
            github.organization("acme", 1001);
            var creating = Creating.start(
                    "github-app",
                    "create",
                    "--owner",
                    "acme",
                    "--permission",
                    "contents:write",
                    "--api-url",
                    github.url(),
                    "--data",
                    data.toString());

            browser.open(creating.page());
            browser.await("#continue");
            assertThat(browser.valueOf("document.body.textContent")).contains("contents: write");
            browser.click("#continue");
            browser.click("#create");
            browser.awaitText("go on in the terminal");
            assertThat(browser.valueOf("document.documentElement.outerHTML")).doesNotContain("PRIVATE KEY");

            var ran = creating.ended();
            assertThat(ran.code()).as(ran.err()).isZero();
            assertThat(new AppKeyFolder(data).find("12345")).isPresent();
        }
    }
}
