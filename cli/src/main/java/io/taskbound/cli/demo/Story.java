// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo;

import io.taskbound.cli.terminal.CommandContext;

/**
 * The story, act by act. Each line is printed from what the issuer answered, and compared with what it must answer;
 * nothing is told that was not seen.
 */
final class Story {
    private final Scene scene;

    Story(Stage stage, Role role, CommandContext context) {
        this.scene = new Scene(stage, role, stage.client(), new Transcript(context), context);
    }

    /** Plays it all; the exit code. */
    int play() throws StoryBroken {
        var stage = scene.stage();
        try (var runner = RunnerProcess.start(stage.issuer().toString(), stage.http())) {
            var migrate = new MigrateAct(scene, runner);
            migrate.rehearse();
            var signed = new SignAct(scene).play();
            new DeployAct(scene).play();
            if (scene.role().hasBranches()) {
                new BranchesAct(scene).play();
            }
            migrate.play();
            new StrangerAct(scene).play();
            scene.context().say("");
            scene.context().say("record  " + scene.records().of(signed));
            return scene.transcript().end();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoryBroken("it was interrupted");
        }
    }
}
