// SPDX-License-Identifier: Apache-2.0
/** Requests that may be sent only once. */
@NullMarked
package io.taskbound.cli.once;

import org.jspecify.annotations.NullMarked;
