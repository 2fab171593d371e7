// SPDX-License-Identifier: Apache-2.0
/** A stand-in for OpenBao, on loopback only, with a JWT auth method, policies, tokens and one store of secrets. */
@NullMarked
package io.taskbound.local.openbao;

import org.jspecify.annotations.NullMarked;
