// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.ledger.Ledger;
import io.taskbound.token.SigningKeys;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What an issuer is made of.
 *
 * @param issuerUrl our own name in every token; configuration, never the Host header
 * @param executor where signatures are made and checked while the ledger is asked; {@code Runnable::run} does one after
 *     the other
 * @param audit takes one JSON line for each decision
 */
public record IssuerParts(
        String issuerUrl,
        CurrentPolicy policy,
        Ledger ledger,
        SigningKeys signer,
        Executor executor,
        Consumer<String> audit,
        Clock clock) {}
