// SPDX-License-Identifier: Apache-2.0
/** Strict JSON in, deterministic JSON out (RFC 8259). Nothing here knows what the JSON means. */
@NullMarked
package io.taskbound.json;

import org.jspecify.annotations.NullMarked;
