// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.cli.Ran;
import io.taskbound.cli.guard.GatewayProgram;
import io.taskbound.cli.policy.YamlFiles;
import io.taskbound.cli.rules.RulesFile;
import io.taskbound.local.OwnPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/guard.md, typed as it stands, in a folder that stands for a checkout; and what else on it can be read by us. */
class GuardPageIT {
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\\n(.*?)```");
    private static final Pattern OPTION = Pattern.compile("\"(--[a-z-]+)\"");

    @TempDir
    private Path folder;

    private Terminals terminals;
    private int issuer;
    private int front;
    private int guard;
    private int service;

    @BeforeEach
    void findPorts() throws IOException {
        terminals = new Terminals(folder);
        issuer = OwnPort.find();
        front = OwnPort.find();
        guard = OwnPort.find();
        service = OwnPort.find();
    }

    @AfterEach
    void stop() throws InterruptedException {
        terminals.close();
    }

    private static String page() throws IOException {
        return Files.readString(Trial.ROOT.resolve("docs/guard.md"));
    }

    /** The ports of the page may be taken. */
    private String here(String text) {
        return text.replace("8787", Integer.toString(issuer))
                .replace("8080", Integer.toString(front))
                .replace("8765", Integer.toString(guard))
                .replace("9000", Integer.toString(service));
    }

    private Path terminal(String lines, int port) throws Exception {
        return terminal(lines, port, "");
    }

    private Path terminal(String lines, int port, String ready) throws Exception {
        return terminals.type(here(lines), port, ready);
    }

    @Test
    void exactlyThePermittedRequestPassesExactlyOnce() throws Exception {
        var nginx = GatewayProgram.find("nginx");
        assumeTrue(nginx.isPresent(), "nginx is not installed");
        assumeTrue(Program.isInstalled("curl"), "curl is not installed");
        assumeTrue(Program.isInstalled("python3"), "python3 is not installed");
        var trial = Trial.of("guard.md", "Try it", folder);
        var examples = Files.createDirectories(folder.resolve("docs/examples/guard"));
        for (var name : List.of("policy.yaml", "rules.yaml", "nginx.conf")) {
            Files.writeString(
                    examples.resolve(name),
                    here(Files.readString(
                            Trial.ROOT.resolve("docs/examples/guard").resolve(name))));
        }
        var blocks = trial.blocks();
        assertThat(blocks).hasSize(6);

        terminal(blocks.get(0), issuer, "tasks: read-report");
        var served = terminal(blocks.get(1).replace("python3", "exec python3 -u"), service);
        var asked = terminal(
                blocks.get(2).strip() + " --listen 127.0.0.1:" + guard + " --admin 127.0.0.1:" + OwnPort.find(), guard);
        terminal(blocks.get(3).replace("\nnginx ", "\nexec " + nginx.get() + " "), front);

        var typed = trial.sh("", here(blocks.get(4) + blocks.get(5)));

        var wanted = blocks.get(5)
                .lines()
                .filter(line -> line.contains("# ") && !line.startsWith("ask()"))
                .map(line -> line.replaceAll(".*# ", "").replaceAll(":.*", ""))
                .toList();
        assertThat(wanted).startsWith("403").contains("200", "June went well").endsWith("401");
        assertThat(typed.lines().filter(line -> line.matches("\\d{3}|June.*"))).containsExactlyElementsOf(wanted);
        assertThat(Files.readString(served).lines().filter(line -> line.contains("\"GET ")))
                .singleElement()
                .asString()
                .contains("\"GET /files/reports/june.txt HTTP/1.");
        assertThat(Files.readString(asked))
                .contains("\"result\":\"allowed\"", "\"reason\":\"spent\"", "\"reason\":\"not_permitted\"")
                .doesNotContain(Files.readString(folder.resolve(".taskbound/guard/token"))
                        .strip());
    }

    @Test
    void theRulesOfThePageAreRules() throws Exception {
        var rules = YAML.matcher(page());
        assertThat(rules.find()).isTrue();
        var file = Files.writeString(folder.resolve("rules.yaml"), rules.group(1));
        var told = new ArrayList<String>();
        assertThat(RulesFile.read(file).rules(told::add)).as(told.toString()).isPresent();
        var tried = Ran.of("guard", "check", file.toString(), "--try", "GET /tickets/7", "--try", "DELETE /tickets/7");
        assertThat(tried.code()).isEqualTo(1);
        assertThat(tried.out())
                .contains("read-ticket: read ticket:7", "refused: a rule has this path, but not with this method");
    }

    @Test
    void theExamplesHaveNoFaults() throws Exception {
        var examples = Trial.ROOT.resolve("docs/examples/guard");
        assertThat(Ran.of("guard", "check", examples.resolve("rules.yaml").toString())
                        .code())
                .isZero();
        assertThat(Ran.of("policy", "check", examples.resolve("policy.yaml").toString())
                        .code())
                .isZero();
        for (var name : List.of("envoy.yaml", "traefik.yaml")) {
            assertThat(YamlFiles.read(examples.resolve(name)).faults()).as(name).isEmpty();
        }
    }

    @Test
    void theContainersOptionsAreThoseOfTheCommand() throws Exception {
        var recipe = Files.readString(Trial.ROOT.resolve("docs/examples/guard/Containerfile"));
        var help = Ran.of("guard", "--help").out();
        assertThat(OPTION.matcher(recipe).results().map(option -> option.group(1)))
                .isNotEmpty()
                .allMatch(help::contains);
    }
}
