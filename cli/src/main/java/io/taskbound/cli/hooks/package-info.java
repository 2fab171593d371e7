// SPDX-License-Identifier: Apache-2.0
/** {@code taskbound hooks}: the secrets by which CI systems prove that a job or a run has ended. */
@NullMarked
package io.taskbound.cli.hooks;

import org.jspecify.annotations.NullMarked;
