// SPDX-License-Identifier: Apache-2.0
/**
 * {@code demo --theft}: a step under {@code taskbound run --inject}, and a thief inside it who copies all that he can.
 */
@NullMarked
package io.taskbound.cli.demo.theft;

import org.jspecify.annotations.NullMarked;
