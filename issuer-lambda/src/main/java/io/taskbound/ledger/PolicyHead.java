// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.policy.PolicyVersion;
import java.util.Optional;

/**
 * Where the published policy stands.
 *
 * @param number the version in force; 0 while none was published
 * @param hash of that version, as its publisher wrote it
 * @param seen the newest version that any issuer of this table has put in force; only issuers can write it
 */
public record PolicyHead(long number, Optional<String> hash, Optional<PolicyVersion> seen) {}
