// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.cli.inject.InjectPlan;
import io.taskbound.cli.inject.InjectTarget;
import io.taskbound.cli.proxy.EnvironmentProxies;
import io.taskbound.cli.rules.RuleSet;
import io.taskbound.cli.rules.RulesFile;
import io.taskbound.cli.terminal.Faults;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether the command gets the token, or an address at which it is added to its requests. */
final class InjectOptions {
    @Option(
            names = "--inject",
            paramLabel = "URL",
            description = "Do not give the command the token: give it TASKBOUND_URL, an address on this machine that"
                    + " passes requests on to this service and adds the token. Binds the token to a key of this"
                    + " process, where the policy allows that.")
    private Optional<String> target = Optional.empty();

    @Option(
            names = "--inject-rules",
            paramLabel = "FILE",
            description = "With --inject: pass on only what the rules in this file (those of `taskbound guard`) map to"
                    + " what was granted.")
    private Optional<Path> rules = Optional.empty();

    boolean isAsked() {
        return target.isPresent();
    }

    /** Where the requests go, if they are to go anywhere. */
    Optional<URI> address() {
        return target.flatMap(InjectTarget::parse).map(InjectTarget::origin);
    }

    /** Empty if it is not wanted, or has faults. */
    Optional<InjectPlan> plan(EnvironmentProxies proxies, Faults faults) {
        faults.addUnless(target.isPresent() || rules.isEmpty(), "--inject-rules goes with --inject.");
        var parsed = target.flatMap(InjectTarget::parse);
        faults.addUnless(
                target.isPresent() == parsed.isPresent(),
                "--inject must be the https address of one service, such as https://signer.acme.example or"
                        + " https://signer.acme.example/v1: letters, digits and ._~@+=,:- between its slashes, and no"
                        + " query. Plain http is for 127.0.0.1 only.");
        if (parsed.isEmpty()) {
            return Optional.empty();
        }
        var read = rules.flatMap(file -> read(file, faults));
        read.filter(set -> !parsed.get().isOriginOf(set.publicUrl()))
                .ifPresent(set -> faults.add("The rules in --inject-rules are for " + set.publicUrl()
                        + ", and --inject names another service. Correct one of them."));
        return rules.isPresent() == read.isPresent()
                ? Optional.of(new InjectPlan(parsed.get(), read, proxies))
                : Optional.empty();
    }

    private static Optional<RuleSet> read(Path file, Faults faults) {
        try {
            var told = new ArrayList<String>();
            var read = RulesFile.read(file).rules(told::add);
            faults.addUnless(read.isPresent(), "The file in --inject-rules has faults.\n" + String.join("\n", told));
            return read;
        } catch (IOException unreadable) {
            faults.add("--inject-rules: " + file + " cannot be read.");
            return Optional.empty();
        }
    }
}
