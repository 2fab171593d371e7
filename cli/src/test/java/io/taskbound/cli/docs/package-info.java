// SPDX-License-Identifier: Apache-2.0
/** Runs what the documents show. */
@NullMarked
package io.taskbound.cli.docs;

import org.jspecify.annotations.NullMarked;
