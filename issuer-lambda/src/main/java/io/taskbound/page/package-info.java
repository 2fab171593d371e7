// SPDX-License-Identifier: Apache-2.0
/**
 * The page on which people approve: HTML without a script and without anything from elsewhere. Every text that is not
 * written here is escaped, and shown as what it is.
 */
@NullMarked
package io.taskbound.page;

import org.jspecify.annotations.NullMarked;
