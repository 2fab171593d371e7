// SPDX-License-Identifier: Apache-2.0
/**
 * From an ID token to a proven {@link io.taskbound.identity.Identity}: which CI systems are trusted, their keys, and what
 * their claims say about the run. The only code that reads ID tokens; everything after it holds the proven type.
 */
@NullMarked
package io.taskbound.identity;

import org.jspecify.annotations.NullMarked;
