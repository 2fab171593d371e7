// SPDX-License-Identifier: Apache-2.0
/** {@code serve}: the issuer on this machine, over loopback HTTP. */
@NullMarked
package io.taskbound.cli.serve;

import org.jspecify.annotations.NullMarked;
