// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.receipt;

import java.util.Optional;

/**
 * Who asked for the token, as the CI system's ID token said. Foreign text: make it printable before it is shown.
 *
 * @param provider the CI system's name in the issuer's policy
 * @param issuer {@code iss} of the ID token
 * @param subject {@code sub} of the ID token
 * @param link where people see the run
 */
public record ReceiptRequester(
        String provider,
        String issuer,
        String subject,
        Optional<String> project,
        String run,
        Optional<String> job,
        Optional<String> startedBy,
        Optional<String> link) {}
