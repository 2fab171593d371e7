// SPDX-License-Identifier: Apache-2.0
/**
 * The tests that {@code docs/controls.yaml} names, looked for in the first module, so that a renamed one is told at
 * once.
 */
@NullMarked
package io.taskbound.controls;

import org.jspecify.annotations.NullMarked;
