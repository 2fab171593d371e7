// SPDX-License-Identifier: Apache-2.0
/** How long the issuer takes, by part and as a whole. */
@NullMarked
package io.taskbound.bench;

import org.jspecify.annotations.NullMarked;
