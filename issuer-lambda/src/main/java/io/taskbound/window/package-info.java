// SPDX-License-Identifier: Apache-2.0
/** Change windows: the times in which a task may be done. Calendars and nothing else; it knows no task and no token. */
@NullMarked
package io.taskbound.window;

import org.jspecify.annotations.NullMarked;
