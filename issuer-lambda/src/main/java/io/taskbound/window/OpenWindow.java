// SPDX-License-Identifier: Apache-2.0
package io.taskbound.window;

import java.time.Instant;
import java.util.Optional;

/**
 * The window that a task is being done in.
 *
 * @param end closed from this instant on
 * @param change the id of the approved change that it is for, where its policy names one
 */
public record OpenWindow(Instant end, Optional<String> change) {}
