// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.credential.AwsAccess;
import io.taskbound.credential.CredentialServices;
import io.taskbound.credential.Envelope;
import io.taskbound.credential.GithubAccess;
import io.taskbound.credential.OpenbaoAccess;
import io.taskbound.http.TestIssuer;
import io.taskbound.http.TestIssuer.Answer;
import io.taskbound.ledger.CredentialPhase;
import io.taskbound.ledger.InMemoryLedger;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.task.TaskName;
import io.taskbound.token.Jti;
import io.taskbound.token.LocalDataKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens that nobody looks at, when a new policy closes their window. */
class SweepWindowsTest {
    private static final Duration RUN = Duration.ofSeconds(30);
    private static final String OPEN =
            "\"windows\":[{\"from\":\"2026-11-23T09:00:00Z\",\"to\":\"2026-11-23T12:00:00Z\"}],";
    private static final String OVER =
            "\"windows\":[{\"from\":\"2026-11-23T09:00:00Z\",\"to\":\"2026-11-23T10:00:01Z\"}],";

    private final List<TaskName> listed = new ArrayList<>();
    private boolean down;
    private final InMemoryLedger ledger = new InMemoryLedger() {
        @Override
        public Iterator<TokenRecord> issued(TaskName task, Instant from, Instant to) {
            if (down) {
                throw new LedgerUnavailable("down for the test");
            }
            listed.add(task);
            return super.issued(task, from, to);
        }
    };
    private final ScriptedService<GithubAccess> github = new ScriptedService<>(true);
    private final TestIssuer issuer = TestIssuer.delivering(
            ledger,
            Delivering.of(
                    new CredentialServices(
                            github, new ScriptedService<AwsAccess>(false), new ScriptedService<OpenbaoAccess>(true)),
                    new Envelope(LocalDataKeys.generate(), "taskbound")));

    @AfterEach
    void stop() {
        issuer.close();
    }

    /** Puts a policy in force in which pushing to GitHub has these fields. */
    private void pushingHas(String fields) {
        issuer.policy.replace(TestIssuer.compile(TestIssuer.policyJsonWithKinds(issuer.provider.issuer())
                .replace("\"lease\":\"60s\",\"allow\"", fields + "\"lease\":\"60s\",\"allow\"")));
    }

    private Answer pushing() {
        var answer = issuer.token(TestIssuer.form(
                issuer.idToken(),
                UUID.randomUUID().toString(),
                "[{\"type\":\"task\",\"task\":\"bump-version\",\"actions\":[\"contents:write\"],"
                        + "\"identifier\":\"github:acme/shop\"}]"));
        assertThat(answer.status()).as(answer + " " + issuer.audit).isEqualTo(200);
        return answer;
    }

    private SweepWindows.Report run() {
        return issuer.edge.closeWindows(Optional.of("sweep-1"), RUN);
    }

    private List<String> ends() {
        return issuer.audit.stream()
                .filter(line -> line.contains("\"event\":\"ended\""))
                .toList();
    }

    @Test
    void whatAWindowThatEndsEarlyLeavesIsEndedWithItsCredential() {
        pushingHas(OPEN);
        var granted = pushing();
        assertThat(issuer.credential(granted).status()).isEqualTo(200);
        issuer.clock.advance(Duration.ofSeconds(5));
        assertThat(run().ended()).isZero();
        pushingHas(OVER);

        assertThat(run()).isEqualTo(new SweepWindows.Report(1, true));
        assertThat(run()).isEqualTo(new SweepWindows.Report(0, true));

        assertThat(ends())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("\"cause\":\"window\"", "\"by\":\"policy\"", "\"request_id\":\"sweep-1\""));
        var handle = Jti.parse(granted.text("jti")).orElseThrow();
        assertThat(ledger.credentials().look(handle).credential().orElseThrow().phase())
                .isEqualTo(CredentialPhase.REVOKED);
        assertThat(issuer.renew(granted.accessToken()).text("error")).isEqualTo("invalid_grant");
    }

    @Test
    void soIsWhatAVanishedTaskOrItsVanishedWindowsLeave() {
        pushingHas(OPEN);
        pushing();
        issuer.policy.replace(TestIssuer.compile(TestIssuer.policyJson(issuer.provider.issuer())));
        assertThat(run().ended()).isEqualTo(1);

        pushingHas(OPEN);
        pushing();
        pushingHas("");
        assertThat(run().ended()).isEqualTo(1);
        assertThat(ends()).hasSize(2);
    }

    /** The credential sweep alone notices too, in case the other has no time. */
    @Test
    void theSweepOfCredentialsNotices() {
        pushingHas(OPEN);
        var granted = pushing();
        assertThat(issuer.credential(granted).status()).isEqualTo(200);
        issuer.clock.advance(Duration.ofSeconds(50));
        assertThat(issuer.renew(granted.accessToken()).status()).isEqualTo(200);
        issuer.clock.advance(Duration.ofSeconds(11));
        pushingHas(OVER);

        assertThat(issuer.edge.endCredentials(Optional.empty(), RUN).ended()).isEqualTo(1);

        assertThat(ends()).singleElement().satisfies(line -> assertThat(line).contains("\"cause\":\"window\""));
    }

    /** And whoever fetches the next one is refused, and what he has is revoked at once. */
    @Test
    void aRequestForACredentialEndsTheToken() {
        pushingHas(OPEN);
        var granted = pushing();
        assertThat(issuer.credential(granted).status()).isEqualTo(200);
        issuer.clock.advance(Duration.ofSeconds(5));
        pushingHas(OVER);

        var answer = issuer.credential(granted);

        assertThat(answer.text("error")).isEqualTo("invalid_grant");
        assertThat(answer.text("error_description")).contains("its change window has ended");
        var handle = Jti.parse(granted.text("jti")).orElseThrow();
        assertThat(ledger.credentials().look(handle).credential().orElseThrow().phase())
                .isEqualTo(CredentialPhase.REVOKED);
        assertThat(ends()).hasSize(1);
    }

    @Test
    void aWindowThatIsOpenAsksForNothing() {
        pushingHas(OPEN);
        pushing();

        run();

        assertThat(listed).isEmpty();
    }

    @Test
    void anOutageIsReportedAndTheNextRunDoesWhatIsLeft() {
        pushingHas(OPEN);
        pushing();
        issuer.clock.advance(Duration.ofSeconds(5));
        pushingHas(OVER);
        down = true;
        assertThat(run()).isEqualTo(new SweepWindows.Report(0, false));
        down = false;
        assertThat(issuer.edge
                        .closeWindows(Optional.empty(), Duration.ZERO.minusSeconds(1))
                        .whole())
                .isFalse();

        assertThat(run()).isEqualTo(new SweepWindows.Report(1, true));
    }
}
