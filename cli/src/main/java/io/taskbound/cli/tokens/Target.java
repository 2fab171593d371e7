// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.cli.terminal.Complaint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Mixin: what to revoke. */
final class Target {
    @Parameters(arity = "0..1", paramLabel = "HANDLE", description = "One token.")
    private Optional<String> handle = Optional.empty();

    @Option(
            names = "--run",
            paramLabel = "R",
            description = "All tokens of a run: its text, or a handle of one" + " of its tokens.")
    private Optional<String> run = Optional.empty();

    @Option(names = "--task", paramLabel = "T", description = "All tokens of a task.")
    private Optional<String> task = Optional.empty();

    @Option(names = "--project", paramLabel = "ID", description = "All tokens of a project, by its immutable id.")
    private Optional<String> project = Optional.empty();

    @Option(names = "--provider", paramLabel = "N", description = "All tokens of a provider of the policy.")
    private Optional<String> provider = Optional.empty();

    @Option(names = "--subject", paramLabel = "S", description = "All tokens of a subject, in either form.")
    private Optional<String> subject = Optional.empty();

    @Option(
            names = "--issued-before",
            paramLabel = "TIME",
            description = "Everything issued before a time: `now`, an age (10m) or a timestamp with zone.")
    private Optional<String> issuedBefore = Optional.empty();

    private interface Reading {
        Selector read(String typed, Instant now) throws Complaint;
    }

    /** Exactly one of them. */
    Selector selector(Instant now) throws Complaint {
        var named = new ArrayList<Selector>();
        read(handle, Selector::handle, now).ifPresent(named::add);
        read(run, Selector::run, now).ifPresent(named::add);
        read(task, Selector::task, now).ifPresent(named::add);
        read(project, Selector::project, now).ifPresent(named::add);
        read(provider, Selector::provider, now).ifPresent(named::add);
        read(subject, Selector::subject, now).ifPresent(named::add);
        read(issuedBefore, Selector::issuedBefore, now).ifPresent(named::add);
        if (named.size() != 1) {
            throw Complaint.usage(
                    named.isEmpty() ? "Nothing to revoke was named." : "More than one thing to revoke was named.",
                    "Name exactly one: HANDLE, --run, --task, --project, --provider, --subject or"
                            + " --issued-before. For two things, run it twice: revocations apply together.");
        }
        return named.get(0);
    }

    private static Optional<Selector> read(Optional<String> typed, Reading reading, Instant now) throws Complaint {
        return typed.isPresent() ? Optional.of(reading.read(typed.get(), now)) : Optional.empty();
    }
}
