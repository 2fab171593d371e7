// SPDX-License-Identifier: Apache-2.0
/** Compares the documents with what the code does. */
@NullMarked
package io.taskbound.docs;

import org.jspecify.annotations.NullMarked;
