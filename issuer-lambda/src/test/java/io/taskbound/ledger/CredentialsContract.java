// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.SampleTokens.EXPIRES;
import static io.taskbound.ledger.SampleTokens.HOLDER;
import static io.taskbound.ledger.SampleTokens.NOW;
import static io.taskbound.ledger.SampleTokens.closure;
import static io.taskbound.ledger.SampleTokens.jti;
import static io.taskbound.ledger.SampleTokens.sample;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.token.HolderVerifier;
import io.taskbound.token.Jti;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every ledger promises of the foreign credentials of tokens. */
abstract class CredentialsContract {
    private static final Instant LATER = NOW.plusSeconds(1);
    private static final Instant UNTIL = NOW.plus(Duration.ofHours(1));

    abstract Ledger ledger();

    private Credentials credentials() {
        return ledger().credentials();
    }

    private TokenRecord minted() {
        return minted(
                sample(jti()).withoutLimit().withLease(Duration.ofSeconds(60)).record());
    }

    private TokenRecord minted(TokenRecord token) {
        ledger().mint(token);
        return token;
    }

    static CredentialRecord asking(TokenRecord token) {
        return CredentialRecord.asking(token, "github-app", NOW, UNTIL, NOW.plusSeconds(30));
    }

    private CredentialRecord asked(TokenRecord token) {
        return credentials().write(asking(token), Optional.empty()).orElseThrow();
    }

    @Test
    void aDeliveryIsOneUseOfEachObjectHoweverOftenItIsCounted() {
        var token = minted();

        var once = credentials().count(token, HOLDER, LATER).orElseThrow();
        var twice = credentials().count(token, HOLDER, LATER.plusSeconds(5)).orElseThrow();

        assertThat(once.uses().count()).isEqualTo(1);
        assertThat(once.uses().remembered().values()).containsExactly(new RecordedUse(LATER, 0, Credentials.ACTION));
        assertThat(Credentials.isCounted(once)).isTrue();
        assertThat(twice.uses()).isEqualTo(once.uses());
        assertThat(Credentials.isCounted(token)).isFalse();
    }

    @Test
    void aDeadTokenIsNotCounted() {
        var lapsed = minted();
        var closed = minted();
        ledger().close(closed.jti(), closure(LATER, Cause.HOLDER));

        assertThat(credentials().count(lapsed, HOLDER, NOW.plusSeconds(61))).isEmpty();
        assertThat(credentials().count(closed, HOLDER, LATER)).isEmpty();
        assertThat(credentials().count(minted(), HOLDER, EXPIRES)).isEmpty();
    }

    @Test
    void aTokenThatDiedAfterItsDeliveryIsNotCountedAgain() {
        var token = minted();
        credentials().count(token, HOLDER, LATER);
        ledger().close(token.jti(), closure(LATER, Cause.HOLDER));

        assertThat(credentials().count(token, HOLDER, LATER)).isEmpty();
    }

    @Test
    void onlyItsHolderCounts() {
        var thief = HolderVerifier.of("t".repeat(43)).orElseThrow().challenge();
        var token = minted();
        var nobodys = minted(sample(jti()).withoutLimit().withoutHolder().record());

        assertThat(credentials().count(token, thief, LATER)).isEmpty();
        assertThat(credentials().count(nobodys, thief, LATER)).isEmpty();
        credentials().count(token, HOLDER, LATER);
        assertThat(credentials().count(token, thief, LATER)).isEmpty();
    }

    @Test
    void whatIsWrittenIsFoundWithItsToken() {
        var token = minted();

        assertThat(credentials().look(token.jti()).credential()).isEmpty();
        var written = asked(token);
        var delivered = credentials()
                .write(written.delivered(UNTIL.minusSeconds(1), Optional.of("sealed"), LATER), Optional.of(written))
                .orElseThrow();

        var look = credentials().look(token.jti());
        assertThat(look.credential()).contains(delivered);
        assertThat(look.token().record()).isPresent();
        assertThat(delivered.deliveries()).isEqualTo(1);
        assertThat(delivered.phase()).isEqualTo(CredentialPhase.DELIVERED);
        assertThat(delivered.sealed()).contains("sealed");
    }

    @Test
    void ofTwoWhoWantToWriteOneDoes() {
        var token = minted();
        var first = asked(token);

        assertThat(credentials().write(asking(token), Optional.empty())).isEmpty();
        assertThat(credentials().write(first.unheard(), Optional.of(first))).isPresent();
        assertThat(credentials().write(first.notMade(), Optional.of(first))).isEmpty();
        assertThat(credentials().look(token.jti()).credential().orElseThrow().phase())
                .isEqualTo(CredentialPhase.LOST);
    }

    @Test
    void aWriteLeavesNothingOfTheStateBefore() {
        var token = minted();
        var first = asked(token);
        var delivered = credentials()
                .write(first.delivered(UNTIL, Optional.of("sealed"), LATER), Optional.of(first))
                .orElseThrow();

        var revoked = credentials()
                .write(delivered.revoked(LATER), Optional.of(delivered))
                .orElseThrow();

        var found = credentials().look(token.jti()).credential().orElseThrow();
        assertThat(found).isEqualTo(revoked);
        assertThat(found.sealed()).isEmpty();
        assertThat(found.look()).isEmpty();
        assertThat(found.ended()).contains(LATER);
    }

    @Test
    void whatWasAskedForWithoutAnAnswerStaysKnown() {
        var token = minted();
        var first = asked(token);
        var second = credentials()
                .write(first.askingAgain(LATER, UNTIL.plusSeconds(1), LATER), Optional.of(first))
                .orElseThrow();

        assertThat(second.lost()).contains(UNTIL);
        assertThat(second.aliveUntil()).isEqualTo(UNTIL.plusSeconds(1));
        assertThat(second.notMade().phase()).isEqualTo(CredentialPhase.LOST);
        assertThat(second.notMade().until()).isEqualTo(UNTIL);
        assertThat(first.notMade().phase()).isEqualTo(CredentialPhase.NOT_MADE);
        var answered = first.delivered(UNTIL, Optional.empty(), LATER);
        assertThat(answered.askingAgain(LATER, UNTIL, LATER).lost()).isEmpty();
        assertThat(first.askingAgain(UNTIL, UNTIL.plusSeconds(9), LATER).lost()).isEmpty();
    }

    @Test
    void revokingOneSaysNothingOfAnEarlierOneThatMayBeAlive() {
        var token = minted();
        var first = asked(token);
        var second = first.askingAgain(LATER, UNTIL.minusSeconds(9), LATER)
                .delivered(UNTIL.minusSeconds(9), Optional.of("sealed"), LATER);

        var revoked = second.revoked(LATER);

        assertThat(revoked.phase()).isEqualTo(CredentialPhase.LOST);
        assertThat(revoked.sealed()).isEmpty();
        assertThat(revoked.aliveUntil()).isEqualTo(UNTIL);
        assertThat(revoked.look()).contains(UNTIL);
        assertThat(second.revoked(UNTIL).phase()).isEqualTo(CredentialPhase.REVOKED);
    }

    @Test
    void theClosingOfARunIsSeenWithTheCredential() {
        var token = minted();
        asked(token);
        ledger().closeAll(token.jti().run(), Optional.empty(), closure(LATER, Cause.RUN), NOW);

        assertThat(credentials().look(token.jti()).token().alive(LATER)).isEmpty();
    }

    @Test
    void whatIsToBeLookedAtIsDueAndNothingElse() {
        var due = asked(minted());
        var later = credentials()
                .write(asking(minted()).lookedAt(NOW.plusSeconds(90)), Optional.empty())
                .orElseThrow();
        var over = asked(minted());
        credentials().write(over.notMade(), Optional.of(over));

        assertThat(allDue(NOW.plusSeconds(31))).contains(due.handle()).doesNotContain(later.handle(), over.handle());
        assertThat(allDue(NOW.plusSeconds(90))).contains(due.handle(), later.handle());
    }

    @Test
    void whoeverWantsNoMoreGetsNoMore() {
        asked(minted());
        var got = new ArrayList<Jti>();
        boolean whole = true;
        for (int shard = 0; shard < Credentials.SHARDS; shard++) {
            whole &= credentials().due(shard, NOW.plusSeconds(31), handle -> {
                got.add(handle);
                return false;
            });
        }

        assertThat(whole).isFalse();
        assertThat(got).isNotEmpty().hasSizeLessThanOrEqualTo(Credentials.SHARDS);
    }

    private List<Jti> allDue(Instant at) {
        var due = new ArrayList<Jti>();
        for (int shard = 0; shard < Credentials.SHARDS; shard++) {
            assertThat(credentials().due(shard, at, due::add)).isTrue();
        }
        return due;
    }
}
