// SPDX-License-Identifier: Apache-2.0
/** Events about tokens: from a line of the audit log to the bus, against contract/events. */
@NullMarked
package io.taskbound.events;

import org.jspecify.annotations.NullMarked;
