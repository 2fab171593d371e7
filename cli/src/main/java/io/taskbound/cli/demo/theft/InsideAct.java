// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo.theft;

import io.taskbound.cli.demo.Observed;
import io.taskbound.cli.demo.StoryBroken;
import io.taskbound.cli.demo.Transcript;
import io.taskbound.cli.demo.WrappedStep;
import io.taskbound.cli.terminal.JwtText;
import io.taskbound.client.TaskToken;
import io.taskbound.client.step.TokenMasks;
import java.io.IOException;
import java.util.Optional;

/** While the step runs: what the thief in it copies, and what he does with it. */
final class InsideAct {
    static final Observed SIGNED = Observed.did("SIGNED");

    private static final Observed NOT_PASSED_ON = Observed.refused("not passed on");
    private static final Observed NOTHING = Observed.did("NOTHING");

    private final TheftStage stage;
    private final Transcript transcript;

    InsideAct(TheftStage stage, Transcript transcript) {
        this.stage = stage;
        this.transcript = transcript;
    }

    void play() throws StoryBroken, InterruptedException {
        transcript.tell("step", "Sign runs; its command gets an address, and no token");
        try (var step = stage.step()) {
            var sign = step.said("sign");
            granted();
            transcript.act("step", "signs app.jar through the address", SIGNED, answered(sign, 0), "use 1 of 2");
            copies(step);
            tries(step);
            transcript.act(
                    "thief",
                    "sends just this to the address: app.jar",
                    SIGNED,
                    answered(step.said("use"), 6),
                    "use 2 of 2: possible while the step runs");
            transcript.act(
                    "step",
                    "asks for its second signature",
                    Observed.refused("spent"),
                    answered(step.said("again"), 7),
                    "spent: the step notices");
            step.end();
        }
        transcript.tell("step", "ends; its address, its key and its token end with it");
    }

    /** With what the issuer wrote down, and what the signer was shown. */
    private void granted() throws StoryBroken {
        var granted = stage.audit()
                .last("mint")
                .filter(line -> line.string("result").equals(Optional.of("granted")))
                .isPresent();
        var bound = JwtText.read(token().reveal())
                .flatMap(jwt -> jwt.claims().object("cnf"))
                .flatMap(cnf -> cnf.string("jkt"));
        transcript.answer(
                Observed.granted(),
                granted && bound.isPresent() ? Observed.granted() : Observed.did("NOT BOUND"),
                "a token that is bound to a key; both are in the memory of `run` only");
    }

    private TaskToken token() throws StoryBroken {
        return stage.signer().seen().stream()
                .flatMap(seen -> seen.token().stream())
                .findFirst()
                .orElseThrow(() -> new StoryBroken("the signer was sent no token"));
    }

    private void copies(WrappedStep step) throws StoryBroken, InterruptedException {
        var variables = step.said("variables");
        var lines = step.said("lines");
        var files = step.said("files");
        transcript.tell(
                "thief",
                "is a dependency in that step, and copies all that he can see: " + variables + " variables, " + lines
                        + " command lines, " + files + " files");
        proc(step);
        var jwts = step.said("jwts");
        transcript.act("thief", "looks for the token in his copy", NOTHING, search(), found(jwts));
        if (!jwts.equals("0")) {
            var mint = step.said("mint");
            transcript.act(
                    "thief",
                    "exchanges the ID token, with his own key",
                    Observed.refused("replayed"),
                    mint.equals("0") ? Observed.refused(lastMint()) : Observed.granted(),
                    "");
        }
    }

    private void proc(WrappedStep step) throws StoryBroken, InterruptedException {
        var proc = step.said("proc");
        if (proc.equals("none")) {
            transcript.note("NOT LOOKED AT: open files and memory of the step's processes; this system has no /proc");
            return;
        }
        transcript.note("/proc of " + proc);
        transcript.note(
                step.said("memory").equals("1")
                        ? "the memory of the command, searched for tokens"
                        : "NOT LOOKED AT: the memory of the command; this system forbids it");
        if (step.said("run").equals("1")) {
            transcript.note(
                    "NOT PROTECTED HERE: the memory of `run`, with token and key in it. He may read it: he is root,");
            transcript.note("or kernel.yama.ptrace_scope is 0. It does not count in this story; see docs/inject.md.");
            return;
        }
        var denied = Observed.refused("by this system");
        transcript.act("thief", "reads the memory of `run`", denied, denied, "");
    }

    private Observed search() throws StoryBroken {
        try {
            var loot = stage.loot();
            if (loot.address().isEmpty()) {
                throw new StoryBroken("the thief copied nothing");
            }
            var text = loot.text();
            return TokenMasks.of(token()).stream().anyMatch(text::contains) ? Observed.did("FOUND") : NOTHING;
        } catch (IOException none) {
            throw new StoryBroken("the thief left no copy");
        }
    }

    private static String found(String jwts) {
        return jwts.equals("0") ? "but the address" : "but the address, and the step's ID token";
    }

    private String lastMint() {
        return stage.audit().last("mint").flatMap(line -> line.string("reason")).orElse("?");
    }

    private void tries(WrappedStep step) throws StoryBroken, InterruptedException {
        notPassedOn("sends another path to the address", step.said("path"));
        notPassedOn("sends evil.jar to the address", step.said("artifact"));
        transcript.tell("thief", "also reads the signer's log: there are the token and a used proof");
        refused("sends the token without a proof", "dpop_missing", step.said("alone"), 1);
        refused("sends token and proof again", "dpop_replayed", step.said("replay"), 2);
        refused("takes the proof to another method", "dpop_request", step.said("method"), 3);
        refused("takes the proof to another URL", "dpop_request", step.said("url"), 4);
        refused("makes a proof with his own key", "dpop_key", step.said("key"), 5);
    }

    private void notPassedOn(String what, String status) {
        transcript.act(
                "thief",
                what,
                NOT_PASSED_ON,
                status.equals("403") ? NOT_PASSED_ON : Observed.did("STATUS " + status),
                "nothing was sent");
    }

    private void refused(String what, String reason, String status, int request) {
        transcript.act("thief", what, Observed.refused(reason), answered(status, request), "");
    }

    private Observed answered(String status, int request) {
        return stage.signer().answered(status, request);
    }
}
