// SPDX-License-Identifier: Apache-2.0
/**
 * Tells an EventBridge bus what became of tokens, from the lines of the audit log: docs/events.md. The issuer itself
 * knows nothing of it, so no subscriber can delay or stop it.
 */
@NullMarked
package io.taskbound.events;

import org.jspecify.annotations.NullMarked;
