// SPDX-License-Identifier: Apache-2.0
/** Installation access tokens of a GitHub App, as narrow as one grant. */
@NullMarked
package io.taskbound.github;

import org.jspecify.annotations.NullMarked;
