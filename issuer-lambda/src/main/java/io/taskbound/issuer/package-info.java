// SPDX-License-Identifier: Apache-2.0
/** The verbs: what the issuer does with a well-formed request. Nothing here knows HTTP. */
@NullMarked
package io.taskbound.issuer;

import org.jspecify.annotations.NullMarked;
