// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.issuer.HookSecrets;
import io.taskbound.ledger.Ledger;
import io.taskbound.token.SigningKeys;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The parts that make up an issuer.
 *
 * @param issuerUrl our own name in every token; configuration, never the Host header
 * @param executor where signatures are made and checked while the ledger is asked; {@code Runnable::run} runs one after
 *     the other
 * @param audit gets one JSON line per decision
 */
public record IssuerParts(
        String issuerUrl,
        CurrentPolicy policy,
        Ledger ledger,
        SigningKeys signer,
        HookSecrets hookSecrets,
        Executor executor,
        Consumer<String> audit,
        Consumer<String> operatorLog,
        Clock clock) {
    /** Without secrets of hooks: no hook is believed. */
    public IssuerParts(
            String issuerUrl,
            CurrentPolicy policy,
            Ledger ledger,
            SigningKeys signer,
            Executor executor,
            Consumer<String> audit,
            Consumer<String> operatorLog,
            Clock clock) {
        this(issuerUrl, policy, ledger, signer, HookSecrets.NONE, executor, audit, operatorLog, clock);
    }
}
