// SPDX-License-Identifier: Apache-2.0
/** A whole issuer behind real HTTP on loopback, for tests from outside. */
@NullMarked
package io.taskbound.cli.overhttp;

import org.jspecify.annotations.NullMarked;
