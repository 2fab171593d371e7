// SPDX-License-Identifier: Apache-2.0
/** The Lambda functions: events in and out, settings, the wiring of all components, and the warm-up at a start. */
@NullMarked
package io.taskbound.lambda;

import org.jspecify.annotations.NullMarked;
