// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo;

/** Migrate: the runner is killed, and the lease dies with the process that renewed it: nobody needs to say good-bye. */
final class MigrateAct {
    private static final int TRIES = 3;
    private static final String DATASET = "dataset:acme/shop/orders";

    private final Scene scene;
    private final RunnerProcess runner;
    private final RunnerProcess.Order first;

    MigrateAct(Scene scene, RunnerProcess runner) {
        this.scene = scene;
        this.runner = runner;
        this.first = order();
    }

    /** Done while other acts play: a fresh JVM's first call takes longer than the lease should. */
    void rehearse() throws StoryBroken {
        runner.warmUp(first);
    }

    void play() throws StoryBroken, InterruptedException {
        var stolen = heldWithHeartbeat();
        scene.transcript()
                .act(
                        "step",
                        "Migrate asks: move one dataset",
                        Scene.GRANTED,
                        observed(),
                        scene.records().lease(stolen.handle()));
        runner.kill();
        scene.transcript()
                .tell("runner", "kill -9 in the middle of Migrate, after a heartbeat; nobody is left to revoke");
        Thread.sleep(scene.records().untilLapse(stolen.handle()).toMillis());
        scene.thief("uses the dead runner's token", "lapsed", "mover", stolen.token(), "move", DATASET);
    }

    private RunnerProcess.Held heldWithHeartbeat() throws StoryBroken, InterruptedException {
        var held = asked(first);
        for (int i = 1; !runner.beats(scene.stage().audit(), held.handle()); i++) {
            if (i == TRIES) {
                throw new StoryBroken("this machine is too busy for a heartbeat within the lease");
            }
            scene.transcript().tell("runner", "was too slow for its lease; Migrate asks again");
            held = asked(order());
        }
        return held;
    }

    private RunnerProcess.Held asked(RunnerProcess.Order order) throws StoryBroken, InterruptedException {
        var held = runner.ask(order);
        runner.said().forEach(scene.context()::say);
        return held;
    }

    /** The runner's answer came to another process; the issuer's log has it. */
    private Observed observed() {
        var result = scene.stage()
                .audit()
                .last("mint")
                .flatMap(line -> line.string("result"))
                .orElse("?");
        return result.equals("granted") ? Scene.GRANTED : Observed.refused(result);
    }

    private RunnerProcess.Order order() {
        var request = Scene.request("migrate", "move", DATASET);
        return new RunnerProcess.Order(scene.stepIdTokenText(request), request.txn(), "migrate", "move", DATASET);
    }
}
