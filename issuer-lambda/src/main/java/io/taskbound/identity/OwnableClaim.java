// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

/**
 * A claim that a rule may write into an identifier as {@code ${claim}}, because it names something that the project
 * owns.
 *
 * @param id the claim that the rule must also bind exactly; the claim itself if it is an id
 * @param pathLike whether the value may contain {@code /}
 * @param immutable whether it never refers to anything else later, as names can that are given up
 */
public record OwnableClaim(String id, boolean pathLike, boolean immutable) {}
