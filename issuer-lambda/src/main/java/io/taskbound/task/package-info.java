// SPDX-License-Identifier: Apache-2.0
/** What a step asks for: names, the one target, and the request in the words of RFC 9396. */
@NullMarked
package io.taskbound.task;

import org.jspecify.annotations.NullMarked;
