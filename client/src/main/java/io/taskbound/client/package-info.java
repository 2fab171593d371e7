// SPDX-License-Identifier: Apache-2.0
/** Talks to the issuer, holds a token, beats and closes; verifies a token for resource servers. */
@NullMarked
package io.taskbound.client;

import org.jspecify.annotations.NullMarked;
