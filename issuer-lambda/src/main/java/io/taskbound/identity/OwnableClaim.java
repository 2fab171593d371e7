// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

/**
 * A claim that a rule may write into an identifier as {@code ${claim}}, because it names something that the project owns.
 *
 * @param id the claim that the rule must bind exactly beside it; the claim itself where it is an id
 * @param pathLike whether the value may hold {@code /}
 * @param immutable whether it never comes to stand for anything else, as names do that are given away
 */
public record OwnableClaim(String id, boolean pathLike, boolean immutable) {}
