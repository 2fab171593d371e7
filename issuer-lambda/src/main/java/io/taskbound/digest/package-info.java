// SPDX-License-Identifier: Apache-2.0
/** SHA-256 in the forms that our names, keys and checks need. */
@NullMarked
package io.taskbound.digest;

import org.jspecify.annotations.NullMarked;
