// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.issuer.Delivering;
import io.taskbound.issuer.HookSecrets;
import io.taskbound.ledger.Ledger;
import io.taskbound.outbound.OutboundHttp;
import io.taskbound.token.SigningKeys;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The parts that make up an issuer.
 *
 * @param issuerUrl our own name in every token; configuration, never the Host header
 * @param delivering hands out credentials of foreign services; without it there is no such endpoint
 * @param logins reaches for the identity providers at which people log in; without it nobody does
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
        Optional<Delivering> delivering,
        Optional<OutboundHttp> logins,
        Executor executor,
        Consumer<String> audit,
        Consumer<String> operatorLog,
        Clock clock) {
    /** Without credentials of foreign services, and without logins. */
    public IssuerParts(
            String issuerUrl,
            CurrentPolicy policy,
            Ledger ledger,
            SigningKeys signer,
            HookSecrets hookSecrets,
            Executor executor,
            Consumer<String> audit,
            Consumer<String> operatorLog,
            Clock clock) {
        this(
                issuerUrl,
                policy,
                ledger,
                signer,
                hookSecrets,
                Optional.empty(),
                Optional.empty(),
                executor,
                audit,
                operatorLog,
                clock);
    }

    /** And without secrets of hooks: no hook is believed. */
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

    /** The same, handing out credentials of foreign services. */
    public IssuerParts with(Delivering services) {
        return new IssuerParts(
                issuerUrl,
                policy,
                ledger,
                signer,
                hookSecrets,
                Optional.of(services),
                logins,
                executor,
                audit,
                operatorLog,
                clock);
    }

    /** The same, with a page on which people log in. */
    public IssuerParts withLogins(OutboundHttp http) {
        return new IssuerParts(
                issuerUrl,
                policy,
                ledger,
                signer,
                hookSecrets,
                delivering,
                Optional.of(http),
                executor,
                audit,
                operatorLog,
                clock);
    }
}
