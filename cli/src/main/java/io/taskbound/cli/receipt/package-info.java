// SPDX-License-Identifier: Apache-2.0
/** {@code receipt}: the receipt of any token, for whoever administers the issuer. */
@NullMarked
package io.taskbound.cli.receipt;

import org.jspecify.annotations.NullMarked;
