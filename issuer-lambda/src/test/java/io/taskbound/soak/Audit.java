// SPDX-License-Identifier: Apache-2.0
package io.taskbound.soak;

import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.Liveness;
import io.taskbound.token.Jti;
import java.time.Instant;
import java.util.Locale;

/** Holds the ledger, and the audit log, against what each client knows of its own token. */
final class Audit {
    private int tokens;
    private int lost;
    private int alive;
    private int withoutCause;
    private int otherCause;
    private int untold;
    private int toldTwice;
    private int missing;
    private int wronglyMissing;
    private int unmissed;

    /** @param now when every token must be dead */
    static Audit of(Soak soak, Ledger ledger, Instant now) {
        var audit = new Audit();
        soak.holders().forEach(holder -> audit.look(holder, ledger, soak.lines(), now));
        return audit;
    }

    private void look(Holder holder, Ledger ledger, Lines lines, Instant now) {
        tokens++;
        var record = ledger.find(Jti.parse(holder.jti()).orElseThrow());
        if (record.isEmpty()) {
            lost++;
            return;
        }
        if (record.get().livenessAt(now) == Liveness.ALIVE) {
            alive++;
        }
        var end = record.get().life().end();
        if (end.isEmpty()) {
            withoutCause++;
        } else if (!holder.fate().causes().contains(end.get().cause().name())) {
            otherCause++;
        }
        told(holder, lines);
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
                "%,d tokens: %d lost, %d alive that should be dead, %d ends without a cause, %d with another cause than their"
                        + " holder knows, %d told twice, %d ends untold; %,d missing closes, %d of them wrong, %d not said",
                tokens,
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
