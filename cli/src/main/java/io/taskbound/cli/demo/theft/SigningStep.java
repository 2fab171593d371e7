// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo.theft;

import io.taskbound.cli.demo.WrappedStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The step's command: signs its artifact, runs a dependency that is a thief, and asks for its second signature. */
final class SigningStep {
    private SigningStep() {}

    /** @param args what the thief knows, see {@link Thief} */
    public static void main(String[] args) throws IOException, InterruptedException {
        var sender = new Sender();
        var address = System.getenv("TASKBOUND_URL") + "/sign/app.jar";
        Files.writeString(Path.of("app.jar"), "an artifact");
        System.out.println("sign=" + sender.send("POST", address, Map.of()));
        var thief = new ArrayList<>(WrappedStep.java(Thief.class.getName()));
        thief.addAll(List.of(args));
        System.out.println(
                "thief=" + new ProcessBuilder(thief).inheritIO().start().waitFor());
        System.out.println("again=" + sender.send("POST", address, Map.of()));
    }
}
