// SPDX-License-Identifier: Apache-2.0
/** Stand-in CI provider and embedded DynamoDB, on loopback only. */
@NullMarked
package io.taskbound.local;

import org.jspecify.annotations.NullMarked;
