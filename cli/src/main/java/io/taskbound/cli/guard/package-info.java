// SPDX-License-Identifier: Apache-2.0
/**
 * {@code taskbound guard}: what a gateway asks before it lets a request through. It reads the original request from the
 * gateway's question, finds the rule for it, and uses the token once at the issuer.
 */
@NullMarked
package io.taskbound.cli.guard;

import org.jspecify.annotations.NullMarked;
