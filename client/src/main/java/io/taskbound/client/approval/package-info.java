// SPDX-License-Identifier: Apache-2.0
/**
 * For people who approve what a step is about to do: what the issuer shows them, their decision, and what it says of
 * it. {@link io.taskbound.client.IssuerClient} has the verbs.
 */
@NullMarked
package io.taskbound.client.approval;

import org.jspecify.annotations.NullMarked;
