// SPDX-License-Identifier: Apache-2.0
/**
 * Turns an ID token into a verified {@link io.taskbound.identity.Identity}: which CI systems are trusted, their keys,
 * and what their claims say about the run. This is the only code that reads ID tokens; all code after it uses the
 * verified type.
 */
@NullMarked
package io.taskbound.identity;

import org.jspecify.annotations.NullMarked;
