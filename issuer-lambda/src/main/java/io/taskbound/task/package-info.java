// SPDX-License-Identifier: Apache-2.0
/** What a step requests: names, the one target, and the request in the form of RFC 9396. */
@NullMarked
package io.taskbound.task;

import org.jspecify.annotations.NullMarked;
