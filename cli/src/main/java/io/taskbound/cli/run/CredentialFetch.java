// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.cli.credential.CredentialSource;
import io.taskbound.cli.credential.StepCredential;
import io.taskbound.cli.terminal.Signals;
import io.taskbound.client.CredentialAnswer;
import io.taskbound.client.credential.Credential;
import io.taskbound.client.step.StepText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Fetches the credential that a token stands for, masks it and hands it out, or says why there is none. */
final class CredentialFetch {
    private final HeldStepToken life;
    private final StepLog log;
    private final Signals signals;

    CredentialFetch(HeldStepToken life, StepLog log, Signals signals) {
        this.life = life;
        this.log = log;
        this.signals = signals;
    }

    /**
     * Empty when none was delivered, or a signal came before.
     *
     * @param folder for files that the command needs with it
     */
    Optional<StepCredential> into(Path folder) throws IOException {
        var answer = life.credential();
        if (!signals.letEnd(answer)) {
            return Optional.empty();
        }
        var delivered = delivered(answer.join());
        if (delivered.isEmpty()) {
            return Optional.empty();
        }
        var credential = delivered.get();
        // Masks before anything else can be printed.
        RunnerMasks.register(credential, log);
        log.note(StepText.delivered(credential));
        return Optional.of(
                StepCredential.handOut(credential, folder, log.context().environment(), new Next()));
    }

    private Optional<Credential> delivered(CredentialAnswer answer) {
        return answer.match(
                delivered -> Optional.of(delivered.credential()),
                refused -> none(StepText.notDelivered(refused.refusal(), true)),
                unavailable -> none(StepText.notDelivered(unavailable.outage(), true)));
    }

    private Optional<Credential> none(String why) {
        log.warn(why);
        return Optional.empty();
    }

    private final class Next implements CredentialSource {
        @Override
        public CredentialAnswer next() {
            return life.refreshedCredential();
        }

        @Override
        public void delivered(Credential next) {
            RunnerMasks.registerNext(next, log);
        }

        @Override
        public void failed(Credential held, String why) {
            log.warn(StepText.notRefreshed(held, why));
        }
    }
}
