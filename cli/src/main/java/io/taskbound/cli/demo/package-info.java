// SPDX-License-Identifier: Apache-2.0
/** {@code demo}: the story of a token, played for real on this machine. */
@NullMarked
package io.taskbound.cli.demo;

import org.jspecify.annotations.NullMarked;
