// SPDX-License-Identifier: Apache-2.0
/** SHA-256 in the forms that names, keys and checks of ours take . */
@NullMarked
package io.taskbound.digest;

import org.jspecify.annotations.NullMarked;
