// SPDX-License-Identifier: Apache-2.0
/** Requests that must fail, against the running issuer, byte by byte where a client library would be too polite. */
@NullMarked
package io.taskbound.cli.attacks;

import org.jspecify.annotations.NullMarked;
