// SPDX-License-Identifier: Apache-2.0
/** The task token: its claims, its signature, its keys, and the check that a presented token is ours. */
@NullMarked
package io.taskbound.token;

import org.jspecify.annotations.NullMarked;
