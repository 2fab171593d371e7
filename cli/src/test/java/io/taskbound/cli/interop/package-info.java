// SPDX-License-Identifier: Apache-2.0
/** Clients that nobody here wrote, against the running issuer. */
@NullMarked
package io.taskbound.cli.interop;

import org.jspecify.annotations.NullMarked;
