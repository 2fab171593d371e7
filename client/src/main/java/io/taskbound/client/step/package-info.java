// SPDX-License-Identifier: Apache-2.0
/** For wrappers of a CI step: the words they print and what they must do alike. May change in any release. */
@NullMarked
package io.taskbound.client.step;

import org.jspecify.annotations.NullMarked;
