// SPDX-License-Identifier: Apache-2.0
/** AWS STS as far as the issuer uses it, for development, the demo and tests. */
@NullMarked
package io.taskbound.local.sts;

import org.jspecify.annotations.NullMarked;
