// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo.foreign;

import io.taskbound.cli.demo.Observed;
import io.taskbound.cli.demo.StoryBroken;
import io.taskbound.cli.demo.WrappedStep;
import io.taskbound.cli.terminal.CommandContext;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A push to one repository, with git as everybody types it. */
final class PushAct {
    private static final String KIND = "github-app";
    private static final List<String> SHOP = List.of("--action", "contents:write", "--identifier", "github:acme/shop");
    private static final String PUSH = """
            git clone -q "$GITHUB/acme/shop.git" shop; echo clone=$?
            cd shop && echo 2 >VERSION && git add VERSION
            git -c user.name=ci -c user.email=ci@acme.example commit -qm "Bump the version"
            git push -q origin HEAD:main; echo push=$?
            git clone -q "$GITHUB/acme/payroll.git" ../payroll; echo foreign=$?
            printf %s "$GH_TOKEN" >"$LOOT"; echo done=0
            """;
    private static final String WAIT = "printf %s \"$GH_TOKEN\" >\"$LOOT\"; echo ready=0; sleep 60";

    private final ForeignStage stage;
    private final Act act;
    private final HttpClient http = HttpClient.newHttpClient();

    PushAct(ForeignStage stage, Act act) {
        this.stage = stage;
        this.act = act;
    }

    /** What this machine lacks for it. */
    static Optional<String> missing(CommandContext context) {
        return Stream.of("sh", "git")
                .filter(program -> !isOnPath(program, context))
                .findFirst()
                .map(program -> "there is no " + program + " on the PATH");
    }

    private static boolean isOnPath(String program, CommandContext context) {
        return Stream.of(context.variable("PATH").orElse("").split(Pattern.quote(File.pathSeparator)))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    void play() throws StoryBroken, InterruptedException {
        pushed();
        killed();
    }

    private void pushed() throws StoryBroken, InterruptedException {
        var loot = stage.folder().resolve("loot-1");
        act.transcript().tell("step", "Bump runs: git clone, git push, and a look at the payroll");
        try (var step = step(PUSH, loot)) {
            var clone = step.said("clone");
            act.delivered(KIND);
            happened("git clone of acme/shop", "CLONED", clone);
            happened("git push to acme/shop", "PUSHED", step.said("push"));
            refused(
                    "git clone of acme/payroll",
                    "not in the token",
                    !step.said("foreign").equals("0"));
            step.said("done");
            step.end();
        }
        refused("uses its copy after the step", "revoked", !works(read(loot)));
        var there = stage.github().file("acme", "shop", "VERSION").map(String::strip);
        happened("VERSION on GitHub is 2", "THERE", there.equals(Optional.of("2")) ? "0" : "1");
    }

    private void killed() throws StoryBroken, InterruptedException {
        var loot = stage.folder().resolve("loot-2");
        try (var step = step(WAIT, loot)) {
            step.said("ready");
            act.delivered(KIND);
            act.heartbeat();
            var stolen = read(loot);
            happened("its copy still works", "WORKS", works(stolen) ? "0" : "1");
            step.kill();
            long killed = System.nanoTime();
            act.transcript().tell("runner", "kill -9 in the middle of Bump; nobody is left to revoke");
            act.diesAfterTheKill("uses the dead runner's copy", killed, () -> works(stolen));
        }
    }

    private WrappedStep step(String script, Path loot) throws StoryBroken {
        return stage.step(
                "bump-version",
                SHOP,
                List.of("sh", "-c", script),
                Map.of("GITHUB", stage.github().url(), "LOOT", loot.toString()));
    }

    private void happened(String what, String verdict, String code) {
        var observed = code.equals("0") ? Observed.did(verdict) : Observed.did("FAILED " + code);
        act.transcript().act(what.startsWith("its") ? "thief" : "step", what, Observed.did(verdict), observed, "");
    }

    private void refused(String what, String why, boolean refused) {
        act.transcript()
                .act(
                        what.startsWith("git") ? "step" : "thief",
                        what,
                        Observed.refused(why),
                        refused ? Observed.refused(why) : Observed.did("ALLOWED"),
                        "");
    }

    private boolean works(String token) throws StoryBroken, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(stage.github().url() + "/repos/acme/shop"))
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException silent) {
            throw new StoryBroken("GitHub's stand-in does not answer");
        }
    }

    private static String read(Path file) throws StoryBroken {
        try {
            var text = Files.readString(file);
            if (text.isEmpty()) {
                throw new StoryBroken("the step had no token");
            }
            return text;
        } catch (IOException none) {
            throw new StoryBroken("the step left no copy");
        }
    }
}
