// SPDX-License-Identifier: Apache-2.0
/** The issuer's signing keys in its table: which there are, the next one, and one that must go at once. */
@NullMarked
package io.taskbound.cli.keys;

import org.jspecify.annotations.NullMarked;
