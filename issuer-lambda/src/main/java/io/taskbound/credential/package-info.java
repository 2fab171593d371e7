// SPDX-License-Identifier: Apache-2.0
/**
 * Credentials of foreign services for one step: what is asked for, what comes back, and how it is kept sealed. The
 * services themselves are packages of their own.
 */
@NullMarked
package io.taskbound.credential;

import org.jspecify.annotations.NullMarked;
