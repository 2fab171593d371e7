// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.rules;

/**
 * The use of a token that a request is.
 *
 * @param rule the name of the rule that says so
 * @param action as in the policy
 * @param identifier the one target, in the form of an identifier
 */
public record MappedUse(String rule, String action, String identifier) {}
