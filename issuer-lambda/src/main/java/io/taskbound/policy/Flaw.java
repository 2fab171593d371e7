// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

/**
 * What is wrong with a value.
 *
 * @param what the rest of a sentence about it
 * @param remedy what to write instead
 */
record Flaw(String what, String remedy) {}
