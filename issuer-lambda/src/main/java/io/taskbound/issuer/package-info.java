// SPDX-License-Identifier: Apache-2.0
/** The issuer's verbs. */
@NullMarked
package io.taskbound.issuer;

import org.jspecify.annotations.NullMarked;
