// SPDX-License-Identifier: Apache-2.0
/** Shared by the packages of this module; not part of its interface. */
@NullMarked
package io.taskbound.client.internal;

import org.jspecify.annotations.NullMarked;
