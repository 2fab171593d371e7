// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.DashedIds;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.task.TaskName;
import io.taskbound.token.Jti;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** Mixin: which tokens to list. What is given must all hold. */
final class TokenFilter {
    @Option(names = "--task", paramLabel = "T", description = "Of this task; may repeat (default: all of the policy).")
    private List<String> tasks = new ArrayList<>();

    @Option(
            names = "--state",
            paramLabel = "S",
            description = "In this state: alive, denied, closed, revoked, spent, lapsed or expired; may repeat.")
    private List<String> states = new ArrayList<>();

    @Option(
            names = "--missing-close",
            description =
                    "With a lease that ran out, or an expiry that came, before anybody closed or used up the token.")
    private boolean missingClose;

    @Option(
            names = "--run",
            paramLabel = "R",
            description = "Of this run: as `tokens list` prints it, or the part of a handle before its dot.")
    private Optional<String> run = Optional.empty();

    @Option(names = "--project", paramLabel = "P", description = "Of this project, by id or by name.")
    private Optional<String> project = Optional.empty();

    @Option(names = "--provider", paramLabel = "N", description = "Of this provider of the policy.")
    private Optional<String> provider = Optional.empty();

    @Option(names = "--subject", paramLabel = "S", description = "Of this subject of ID tokens, in either form.")
    private Optional<String> subject = Optional.empty();

    List<TaskName> tasks() throws Complaint {
        var names = new ArrayList<TaskName>();
        for (var task : tasks) {
            names.add(task(task));
        }
        return names;
    }

    static TaskName task(String typed) throws Complaint {
        if (!TaskName.isValid(typed)) {
            throw Complaint.usage(
                    "--task is not the name of a task: " + Printable.typed(typed) + ".",
                    "It is 1 to 32 characters from a-z, 0-9 and -.");
        }
        return new TaskName(typed);
    }

    /** The run's key, where the run was given by a handle or a part of one. */
    Optional<String> runKey() {
        return run.flatMap(TokenFilter::runKey);
    }

    static Optional<String> runKey(String typed) {
        var plain = DashedIds.plain(typed);
        return Jti.parse(plain)
                .or(() -> Jti.parse(plain + "." + "A".repeat(32)))
                .map(Jti::run);
    }

    Predicate<TokenView> wanted() throws Complaint {
        Set<TokenState> wantedStates = EnumSet.noneOf(TokenState.class);
        for (var state : states) {
            wantedStates.add(TokenState.typed(state));
        }
        var wantedTasks = Set.copyOf(tasks());
        return sight -> (wantedStates.isEmpty() || wantedStates.contains(sight.state()))
                && (!missingClose || sight.missedItsClose())
                && (wantedTasks.isEmpty()
                        || wantedTasks.contains(sight.token().grant().task()))
                && fits(sight.token());
    }

    private boolean fits(TokenRecord token) {
        var who = token.requester();
        return holds(
                        run,
                        value -> value.equals(who.run())
                                || runKey(value)
                                        .filter(token.jti().run()::equals)
                                        .isPresent())
                && holds(project, value -> is(who.projectId(), value) || is(who.projectName(), value))
                && holds(provider, value -> value.equals(who.provider().value()))
                && holds(subject, value -> value.equals(who.subject()) || value.equals(who.stableSubject()));
    }

    private static boolean holds(Optional<String> wanted, Predicate<String> rule) {
        return wanted.isEmpty() || rule.test(wanted.get());
    }

    private static boolean is(Optional<String> there, String value) {
        return there.filter(value::equals).isPresent();
    }
}
