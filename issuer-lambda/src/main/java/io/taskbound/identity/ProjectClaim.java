// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

/**
 * Where a profile finds the project of a run.
 *
 * @param name the claim that the readable name comes from
 * @param id the claim that a rule must bind exactly before it may use the name
 * @param pathLike whether the name may contain {@code /}
 */
public record ProjectClaim(String name, String id, boolean pathLike) {}
