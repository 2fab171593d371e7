// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

import io.taskbound.policy.Fault;
import java.nio.file.Path;

/**
 * A fault with the place where a person finds it.
 *
 * @param line from 1
 * @param column from 1
 */
public record LocatedFault(Path file, int line, int column, Fault fault) {}
