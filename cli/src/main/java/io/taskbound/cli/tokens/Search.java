// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.ledger.DenyListLine;
import io.taskbound.ledger.TokenListing.Found;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.task.TaskName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Goes through tokens, newest first, and says on stderr how far it is. */
final class Search {
    private static final int RECORDS_WITHOUT_A_WORD = 1_000;
    private static final Duration MAX_SILENCE = Duration.ofSeconds(2);
    private static final int MAX_COMPLAINTS = 10;

    /** As {@code TokenListing} has it. */
    private static final Comparator<TokenRecord> NEWEST_FIRST = Comparator.comparing(
                    (TokenRecord token) -> token.life().issued(), Comparator.reverseOrder())
            .thenComparing(token -> token.jti().toString());

    private final Administration table;
    private final List<DenyListLine.Written> denials;
    private final Instant now;
    private final CommandContext context;
    private final List<TokenView> sights = new ArrayList<>();
    private int read;
    private int unreadable;
    private boolean more;
    private int spokenAtRecord;
    private Instant spokenAt;

    Search(Administration table, List<DenyListLine.Written> denials, Instant now, CommandContext context) {
        this.table = table;
        this.denials = denials;
        this.now = now;
        this.context = context;
        this.spokenAt = now;
    }

    /**
     * What was found.
     *
     * @param more whether it stopped at a bound, and there is more to be read
     */
    record Result(List<TokenView> sights, int read, int unreadable, boolean more) {
        Result {
            sights = List.copyOf(sights);
        }
    }

    /**
     * How far to go.
     *
     * @param after goes on after this token
     * @param mostFound stops when so many were found
     * @param mostRead stops when so many were read
     */
    record Bounds(Instant from, Instant to, Optional<TokenRecord> after, int mostFound, int mostRead) {}

    Result find(Collection<TaskName> tasks, Bounds bounds, Predicate<TokenView> wanted) throws Complaint {
        var dayEnd = bounds.after()
                .map(token -> token.life().issued())
                .filter(bounds.to()::isAfter)
                .orElse(bounds.to());
        while (!more && !dayEnd.isBefore(bounds.from())) {
            var day = dayEnd.truncatedTo(ChronoUnit.DAYS);
            var start = day.isBefore(bounds.from()) ? bounds.from() : day;
            var found = table.listing().newestFirst(tasks, start, dayEnd, bounds.after());
            table.ask(() -> {
                take(found, bounds, wanted);
                return true;
            });
            dayEnd = day.minusMillis(1);
            if (!more) {
                speak(day);
            }
        }
        return result();
    }

    /** Of these alone, in the same order and within the same bounds. */
    Result among(List<Found> found, Bounds bounds, Predicate<TokenView> wanted) {
        found.forEach(each -> note(each, wanted.and(sight -> isWithin(bounds, sight.token()))));
        sights.sort(Comparator.comparing(TokenView::token, NEWEST_FIRST));
        more = sights.size() > bounds.mostFound();
        return new Result(sights.stream().limit(bounds.mostFound()).toList(), read, unreadable, more);
    }

    private static boolean isWithin(Bounds bounds, TokenRecord token) {
        return !token.life().issued().isBefore(bounds.from())
                && !token.life().issued().isAfter(bounds.to())
                && bounds.after()
                        .filter(last -> NEWEST_FIRST.compare(token, last) <= 0)
                        .isEmpty();
    }

    /** Of these alone. */
    Result among(List<Found> found, Predicate<TokenView> wanted) {
        found.forEach(each -> note(each, wanted));
        return result();
    }

    private Result result() {
        return new Result(sights, read, unreadable, more);
    }

    private void take(Iterator<Found> found, Bounds bounds, Predicate<TokenView> wanted) {
        while (found.hasNext()) {
            if (sights.size() >= bounds.mostFound() || read >= bounds.mostRead()) {
                more = true;
                return;
            }
            note(found.next(), wanted);
        }
    }

    private void note(Found found, Predicate<TokenView> wanted) {
        read++;
        if (found instanceof Found.Readable readable) {
            Optional.of(TokenView.of(readable.token(), denials, now))
                    .filter(wanted)
                    .ifPresent(sights::add);
            speak(readable.token().life().issued());
        }
        if (found instanceof Found.Unreadable lost && ++unreadable <= MAX_COMPLAINTS) {
            context.warn("A record cannot be read, at the key " + Printable.of(lost.key()));
        }
    }

    private void speak(Instant reached) {
        var time = context.clock().instant();
        if (read - spokenAtRecord < RECORDS_WITHOUT_A_WORD
                && Duration.between(spokenAt, time).compareTo(MAX_SILENCE) < 0) {
            return;
        }
        spokenAtRecord = read;
        spokenAt = time;
        context.warn("… " + read + (read == 1 ? " record" : " records") + " read, back to " + TextColumns.time(reached)
                + ", " + sights.size() + " found");
    }
}
