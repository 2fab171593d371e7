// SPDX-License-Identifier: Apache-2.0
package io.taskbound.soak;

import io.taskbound.ledger.Cause;
import io.taskbound.ledger.Closure;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.Liveness;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.token.Jti;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Holds the ledger, and the audit log, against what each client knows of its own token; and looks at the records of
 * which no client knows.
 */
final class Audit {
    private int tokens;
    private int unheld;
    private int lost;
    private int alive;
    private int withoutCause;
    private int otherCause;
    private int untold;
    private int toldTwice;
    private int missing;
    private int wronglyMissing;
    private int unmissed;

    /**
     * @param records every record of the ledger
     * @param now when every token must be dead
     */
    static Audit of(Soak soak, Ledger ledger, Set<String> records, Instant now) {
        var audit = new Audit();
        var unheld = new HashSet<>(records);
        soak.holders().forEach(holder -> {
            unheld.remove(holder.jti());
            audit.look(holder, ledger, soak.lines(), now);
        });
        unheld.forEach(jti -> audit.lookAtUnheld(jti, ledger, soak.lines(), now));
        return audit;
    }

    private void look(Holder holder, Ledger ledger, Lines lines, Instant now) {
        tokens++;
        var record = ledger.find(Jti.parse(holder.jti()).orElseThrow());
        if (record.isEmpty()) {
            lost++;
            return;
        }
        var cause = cause(record.get(), now);
        if (cause.isPresent() && !holder.fate().causes().contains(cause.get().name())) {
            otherCause++;
        }
        told(holder, lines);
    }

    /** Its answer was lost and never given again, or its signature was never made. */
    private void lookAtUnheld(String jti, Ledger ledger, Lines lines, Instant now) {
        unheld++;
        cause(ledger.find(Jti.parse(jti).orElseThrow()).orElseThrow(), now);
        untold += lines.ended(jti) == 0 ? 1 : 0;
        toldTwice += lines.ended(jti) > 1 || lines.missing(jti) > 1 ? 1 : 0;
    }

    private Optional<Cause> cause(TokenRecord record, Instant now) {
        alive += record.livenessAt(now) == Liveness.ALIVE ? 1 : 0;
        var cause = record.life().end().map(Closure::cause);
        withoutCause += cause.isEmpty() ? 1 : 0;
        return cause;
    }

    private void told(Holder holder, Lines lines) {
        int ended = lines.ended(holder.jti());
        int missed = lines.missing(holder.jti());
        untold += ended == 0 ? 1 : 0;
        toldTwice += ended > 1 || missed > 1 ? 1 : 0;
        missing += missed > 0 ? 1 : 0;
        wronglyMissing += missed > 0 && !holder.fate().missesItsClose() ? 1 : 0;
        unmissed += missed == 0 && ended > 0 && holder.fate().missesItsClose() ? 1 : 0;
    }

    /**
     * Whether nothing is lost, nothing alive that should be dead, and nothing without a cause or said twice.
     *
     * @param lostWrites so many ends may be untold, since whoever wrote them did not hear of it
     */
    boolean isGood(int lostWrites) {
        int wrong = lost + alive + withoutCause + otherCause + toldTwice + wronglyMissing + unmissed;
        return wrong == 0 && untold <= lostWrites;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d tokens and %,d records that nobody held: %d lost, %d alive that should be dead, %d ends without a cause, %d with another cause than their"
                        + " holder knows, %d told twice, %d ends untold; %,d missing closes, %d of them wrong, %d not said",
                tokens,
                unheld,
                lost,
                alive,
                withoutCause,
                otherCause,
                toldTwice,
                untold,
                missing,
                wronglyMissing,
                unmissed);
    }
}
