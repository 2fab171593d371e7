// SPDX-License-Identifier: Apache-2.0
/** Requests to an issuer without a proxy, for a program that sends many of them. */
@NullMarked
package io.taskbound.cli.direct;

import org.jspecify.annotations.NullMarked;
