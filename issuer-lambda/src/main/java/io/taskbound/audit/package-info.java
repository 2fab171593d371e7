// SPDX-License-Identifier: Apache-2.0
/** One JSON line for each decision, refusals included; every field is documented in docs/audit.md. */
@NullMarked
package io.taskbound.audit;

import org.jspecify.annotations.NullMarked;
