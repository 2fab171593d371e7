// SPDX-License-Identifier: Apache-2.0
/** One JSON line per decision, including refusals; every field is documented in docs/audit.md. */
@NullMarked
package io.taskbound.audit;

import org.jspecify.annotations.NullMarked;
