// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo;

import io.taskbound.cli.review.AuditedDecision;
import io.taskbound.cli.terminal.Surroundings;
import io.taskbound.client.CloseOutcome;
import io.taskbound.client.GrantedToken;
import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.LeaseListener;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import io.taskbound.client.TaskToken;
import java.time.Duration;
import java.util.UUID;

/**
 * The story, act by act. Each line is printed from what the issuer answered, and compared with what it must answer;
 * nothing is told that was not seen.
 */
final class Story {
    private static final Duration WORK = Duration.ofMillis(200);
    private static final int TRIES = 3;
    private static final String PRODUCTION = "environment:acme/shop/production";
    private static final String DATASET = "dataset:acme/shop/orders";
    private static final Observed GRANTED = Observed.did(Observed.GRANTED);

    private final Stage stage;
    private final Role role;
    private final Surroundings surroundings;
    private final Transcript transcript;
    private final IssuerClient client;
    private final ResourceServer signer;
    private final ResourceServer deployer;
    private final ResourceServer mover;

    Story(Stage stage, Role role, Surroundings surroundings) {
        this.stage = stage;
        this.role = role;
        this.surroundings = surroundings;
        this.client = stage.client();
        this.signer = new ResourceServer(client, stage.credentials("signer"));
        this.deployer = new ResourceServer(client, stage.credentials("deployer"));
        this.mover = new ResourceServer(client, stage.credentials("mover"));
        this.transcript = new Transcript(surroundings);
    }

    /** Plays it all; the exit code. */
    int play() throws StoryBroken {
        try (var runner = RunnerProcess.start(stage.issuer().toString(), stage.http())) {
            var order = order();
            runner.warmUp(order);
            var signed = sign();
            deploy();
            if (role.hasBranches()) {
                new Branches(stage, role, client, transcript).play();
            }
            migrate(runner, order);
            stranger();
            surroundings.say("");
            surroundings.say("record  "
                    + new RecordLine(stage.ledger(), surroundings.clock().instant()).of(signed.handle()));
            return transcript.end();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoryBroken("it was interrupted");
        }
    }

    private GrantedToken sign() throws StoryBroken {
        var app = Artifact.of("app.jar", "the release that was built");
        var evil = Artifact.of("evil.jar", "something else");
        var request = request("sign-release", "sign", app.identifier());
        var idToken = stepIdToken(request);
        transcript.tell("step", "Sign asks: sign " + app.shortName());
        var answer = client.mint(idToken, request);
        var granted = answered(answer, "Sign");
        var stolen = granted.token();

        var again = request("sign-release", "sign", evil.identifier()).withTxn(request.txn());
        thief("replays the step's ID token", "replayed", mint(idToken, again));
        thief("takes the token to evil.jar", "not_permitted", redeem(signer, stolen, "sign", evil.identifier()));
        thief(
                "takes the token to the deploy API",
                "other_resource_server",
                redeem(deployer, stolen, "deploy", PRODUCTION));
        var signing = Observed.of(signer.redeem(granted.token(), "sign", app.identifier()), "SIGNED", stage.audit());
        var uses = new RecordLine(stage.ledger(), surroundings.clock().instant()).uses(granted.handle());
        transcript.act("signer", "app.jar", Observed.did("SIGNED"), signing, uses);
        thief("asks for one more signature", "spent", redeem(signer, stolen, "sign", app.identifier()));
        return granted;
    }

    private void deploy() throws StoryBroken, InterruptedException {
        var request = request("deploy", "deploy", PRODUCTION);
        var answer = client.mint(stepIdToken(request), request);
        granted("step", "Deploy asks: deploy shop to production", answer);
        var held = client.hold(Observed.token(answer, "Deploy"), LeaseListener.ignoring());
        var stolen = held.token();
        Thread.sleep(WORK.toMillis());
        var outcome = held.end();
        var closed = outcome instanceof CloseOutcome.Closed ? Observed.did("CLOSED") : Observed.refused("not closed");
        var end = new RecordLine(stage.ledger(), surroundings.clock().instant()).end(held.handle());
        transcript.act("step", "Deploy ends", Observed.did("CLOSED"), closed, end);
        thief("uses the copy it took from the step", "closed", redeem(deployer, stolen, "deploy", PRODUCTION));
    }

    /** The lease dies with the process that renews it: nobody needs to say good-bye. */
    private void migrate(RunnerProcess runner, RunnerProcess.Order first) throws StoryBroken, InterruptedException {
        var stolen = asked(runner, first);
        for (int i = 1; !runner.beats(stage.audit(), stolen.handle()); i++) {
            if (i == TRIES) {
                throw new StoryBroken("this machine is too busy for a heartbeat within the lease");
            }
            transcript.tell("runner", "was too slow for its lease; Migrate asks again");
            stolen = asked(runner, order());
        }
        granted("step", "Migrate asks: move one dataset", stolen.handle());
        runner.kill();
        transcript.tell("runner", "kill -9 in the middle of Migrate, after a heartbeat; nobody is left to revoke");
        var record = new RecordLine(stage.ledger(), surroundings.clock().instant());
        Thread.sleep(record.untilLapse(stolen.handle()).toMillis());
        thief("uses the dead runner's token", "lapsed", redeem(mover, stolen.token(), "move", DATASET));
    }

    private RunnerProcess.Held asked(RunnerProcess runner, RunnerProcess.Order order)
            throws StoryBroken, InterruptedException {
        var held = runner.ask(order);
        runner.said().forEach(surroundings::say);
        return held;
    }

    private RunnerProcess.Order order() {
        var request = request("migrate", "move", DATASET);
        return new RunnerProcess.Order(stepIdTokenText(request), request.txn(), "migrate", "move", DATASET);
    }

    private void granted(String who, String what, String handle) throws StoryBroken {
        var minted = stage.audit()
                .last("mint")
                .flatMap(line -> line.string("result"))
                .orElse("?");
        transcript.act(
                who,
                what,
                GRANTED,
                minted.equals("granted") ? GRANTED : Observed.refused(minted),
                new RecordLine(stage.ledger(), surroundings.clock().instant()).lease(handle));
    }

    private void stranger() throws StoryBroken {
        var request = request(
                "sign-release",
                "sign",
                Artifact.of("app.jar", "a stranger's build").identifier());
        var claims = role.stranger(stage.provider(), stage.issuer().toString(), request.txn());
        var answer = client.mint(IdToken.of(stage.provider().idToken(claims)), request);
        var requestId = answer instanceof MintAnswer.Refused refused
                ? refused.refusal().requestId().orElse("?")
                : "?";
        transcript.act(
                "fork",
                role.strangerName() + " asks to sign",
                Observed.refused("not_allowed"),
                Observed.of(answer, stage.audit()),
                "request " + requestId);
        if (answer instanceof MintAnswer.Refused refused) {
            transcript.note("what the fork's log says:    "
                    + refused.refusal().description().orElse(refused.refusal().code()));
        }
        transcript.note("what the policy owner sees:  " + ownersView());
    }

    private String ownersView() throws StoryBroken {
        return stage.audit()
                .last("mint")
                .flatMap(line -> new AuditedDecision(line).nearest())
                .orElseThrow(() -> new StoryBroken("the audit log does not say which rule came nearest"));
    }

    private GrantedToken answered(MintAnswer answer, String who) throws StoryBroken {
        var token = Observed.token(answer, who);
        transcript.answer(
                GRANTED,
                Observed.of(answer, stage.audit()),
                new RecordLine(stage.ledger(), surroundings.clock().instant()).limits(token.handle()));
        return token;
    }

    private void granted(String who, String what, MintAnswer answer) throws StoryBroken {
        var handle = Observed.token(answer, what).handle();
        transcript.act(
                who, what, GRANTED, Observed.of(answer, stage.audit()), "handle " + RecordLine.shortHandle(handle));
    }

    private void thief(String what, String reason, Observed observed) {
        transcript.act("thief", what, Observed.refused(reason), observed, "");
    }

    private Observed mint(IdToken idToken, TaskRequest request) {
        return Observed.of(client.mint(idToken, request), stage.audit());
    }

    private Observed redeem(ResourceServer server, TaskToken token, String action, String identifier) {
        return Observed.of(server.redeem(token, action, identifier), "DONE", stage.audit());
    }

    private IdToken stepIdToken(TaskRequest request) {
        return IdToken.of(stepIdTokenText(request));
    }

    private String stepIdTokenText(TaskRequest request) {
        var claims = role.step(stage.provider(), stage.issuer().toString(), request.txn());
        return stage.provider().idToken(claims);
    }

    private static TaskRequest request(String task, String action, String identifier) {
        return TaskRequest.of(TaskDetail.of(task, action, identifier)).withTxn(UUID.randomUUID());
    }
}
