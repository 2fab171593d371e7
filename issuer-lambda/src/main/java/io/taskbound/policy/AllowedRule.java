// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

/**
 * A rule as one task lists it.
 *
 * @param place the entry of {@code allow} as a JSON pointer
 * @param label the same for people: {@code allow[0] release-pipelines[1]}
 */
record AllowedRule(Place place, String label, Rule rule) {}
