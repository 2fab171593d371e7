// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.json.JsonObject;

/**
 * A part of the policy that a team writes for itself, within what the organisation permits it.
 *
 * @param cap what every task of the fragment keeps to, as it is written
 */
public record Fragment(String name, JsonObject cap) {}
