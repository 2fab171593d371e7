// SPDX-License-Identifier: Apache-2.0
/** HTTP on loopback: the JDK's server before the issuer. */
@NullMarked
package io.taskbound.cli.http;

import org.jspecify.annotations.NullMarked;
