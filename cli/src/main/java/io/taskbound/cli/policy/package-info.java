// SPDX-License-Identifier: Apache-2.0
/**
 * A policy as people write it: YAML in a file or a folder, turned into its canonical form with every place remembered;
 * and its faults, each with its place.
 */
@NullMarked
package io.taskbound.cli.policy;

import org.jspecify.annotations.NullMarked;
