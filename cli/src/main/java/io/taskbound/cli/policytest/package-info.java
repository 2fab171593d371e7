// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of a policy: tables of callers and requests with the answers that the policy must give, and what of the policy
 * they reach. The answers are {@link io.taskbound.policy.Policy#explain}'s; nothing here decides.
 */
@NullMarked
package io.taskbound.cli.policytest;

import org.jspecify.annotations.NullMarked;
