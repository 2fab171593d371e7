// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.ledger.DenyEntry;
import io.taskbound.ledger.DenyEntry.Kind;
import io.taskbound.ledger.DenyListLine;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.TokenListing.Found;
import io.taskbound.task.TaskName;
import io.taskbound.token.Jti;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The tokens that an entry would end.
 *
 * @param alive those that are alive now, the newest first
 * @param complete whether all that may be alive were looked at; a huge table is not counted to its end
 */
record AffectedTokens(List<TokenView> alive, boolean complete) {
    private static final int MAX_READ = 10_000;
    private static final int MAX_EXAMPLES = 5;
    private static final Duration MEMORY = Duration.ofHours(24);

    AffectedTokens {
        alive = List.copyOf(alive);
    }

    /**
     * Looks for them.
     *
     * @param unseen whether it may name what nothing in the table is of; else that is taken for a typing error
     */
    static AffectedTokens of(
            DenyEntry entry,
            boolean unseen,
            Administration there,
            List<DenyListLine.Written> list,
            CommandContext context)
            throws Complaint {
        return new Looking(entry, unseen, there, list, context).hits();
    }

    /** One look. */
    private static final class Looking {
        private final DenyEntry entry;
        private final boolean unseen;
        private final Administration there;
        private final List<DenyListLine.Written> list;
        private final CommandContext context;

        Looking(
                DenyEntry entry,
                boolean unseen,
                Administration there,
                List<DenyListLine.Written> list,
                CommandContext context) {
            this.entry = entry;
            this.unseen = unseen;
            this.there = there;
            this.list = list;
            this.context = context;
        }

        AffectedTokens hits() throws Complaint {
            var direct = direct();
            if (!direct.isEmpty()) {
                return alive(search().among(direct, this::isWanted), true);
            }
            var known = entry.kind() == Kind.TASK ? Optional.<KnownNames>empty() : known();
            var tasks = entry.kind() == Kind.TASK
                    ? List.of(new TaskName(entry.value()))
                    : known.map(KnownNames::tasks).orElse(List.of());
            var recent = look(tasks, entry.at().minus(Revocation.MAX_LIFE), MAX_READ);
            if (!unseen && !recent.more() && named(recent).isEmpty()) {
                requireKnown(entry.kind() == Kind.TASK ? known() : known, tasks);
            }
            return alive(recent, !recent.more() && !tasks.isEmpty());
        }

        /** Found without the index: a token by its handle, a run by a part of one. */
        private List<Found> direct() throws Complaint {
            if (entry.kind() == Kind.JTI) {
                var jti = Jti.parse(entry.value()).orElseThrow();
                return there.ask(() -> there.listing().find(jti).stream().toList());
            }
            return entry.kind() == Kind.RUN && TokenFilter.runKey(entry.value()).isPresent()
                    ? there.ask(() -> there.listing().ofRun(entry.value()))
                    : List.of();
        }

        private Search search() {
            return new Search(there, list, entry.at(), context);
        }

        private Search.Result look(Collection<TaskName> tasks, Instant from, int mostFound) throws Complaint {
            var to = entry.at().plus(Ledger.MAX_SKEW);
            return search().find(
                            tasks, new Search.Bounds(from, to, Optional.empty(), mostFound, MAX_READ), this::isWanted);
        }

        private boolean isWanted(TokenView sight) {
            return entry.names(sight.token()) || isOfThatName(sight);
        }

        private AffectedTokens alive(Search.Result result, boolean complete) {
            var alive = named(result).stream()
                    .filter(sight -> sight.state() == TokenState.ALIVE)
                    .toList();
            return new AffectedTokens(alive, complete);
        }

        private List<TokenView> named(Search.Result result) {
            return result.sights().stream()
                    .filter(sight -> entry.names(sight.token()))
                    .toList();
        }

        /** What cannot be read of the policy must not stand in the way of who says that they know better. */
        private Optional<KnownNames> known() throws Complaint {
            try {
                return KnownNames.since(entry.at().minus(MEMORY), there);
            } catch (Complaint e) {
                if (!unseen) {
                    throw e;
                }
                context.warn(e.what());
                return Optional.empty();
            }
        }

        private void requireKnown(Optional<KnownNames> known, Collection<TaskName> tasks) throws Complaint {
            boolean named =
                    switch (entry.kind()) {
                        case TASK ->
                            known.filter(names -> names.tasks().containsAll(tasks))
                                    .isPresent();
                        case PROVIDER ->
                            known.filter(names -> names.providers().contains(entry.value()))
                                    .isPresent();
                        case ISSUED_BEFORE -> known.isPresent();
                        case JTI, RUN, SUBJECT, PROJECT -> false;
                    };
            if (!named) {
                requireSeen(look(tasks, entry.at().minus(MEMORY), 1), known);
            }
        }

        /**
         * A project's name can be taken over by another one; its id cannot. So people read names, and entries hold ids.
         */
        private boolean isOfThatName(TokenView sight) {
            return entry.kind() == Kind.PROJECT
                    && sight.token()
                            .requester()
                            .projectName()
                            .filter(entry.value()::equals)
                            .isPresent();
        }

        private void requireSeen(Search.Result result, Optional<KnownNames> known) throws Complaint {
            if (!named(result).isEmpty()) {
                return;
            }
            if (!result.sights().isEmpty()) {
                throw byName(result.sights());
            }
            throw known.isEmpty() && entry.kind() != Kind.TASK
                    ? Complaint.refused(
                            "No policy was published to the table " + there.tableName()
                                    + ", so it is unknown which tokens this would end.",
                            "Check what you typed, or write the entry anyway with --unseen.")
                    : Complaint.refused(
                            "Unknown " + DenyEntries.subject(entry)
                                    + ": no token from the last 24 hours belongs to it, so nothing would be revoked.",
                            "See how it is written in `taskbound tokens list`, or write the entry anyway with"
                                    + " --unseen.");
        }

        private Complaint byName(List<TokenView> sights) {
            var ids = sights.stream()
                    .flatMap(sight -> sight.token().requester().projectId().stream())
                    .distinct()
                    .limit(MAX_EXAMPLES)
                    .map(Printable::of)
                    .collect(Collectors.joining(", "));
            return Complaint.refused(
                    Printable.of(entry.value()) + " is a project's name, and names can change hands.",
                    ids.isEmpty()
                            ? "Its tokens carry no id of a project: revoke their subject with --subject "
                                    + Printable.of(
                                            sights.get(0).token().requester().stableSubject()) + "."
                            : "Name it by its id: --project " + ids + ".");
        }
    }
}
