// SPDX-License-Identifier: Apache-2.0
/** The task token: its claims, its signature, the keys behind it, and the check that a presented one is ours. */
@NullMarked
package io.taskbound.token;

import org.jspecify.annotations.NullMarked;
