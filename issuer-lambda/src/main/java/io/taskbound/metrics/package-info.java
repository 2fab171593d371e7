// SPDX-License-Identifier: Apache-2.0
/** One line of numbers for each decision, in CloudWatch's embedded metric format; docs/monitoring.md explains each. */
@NullMarked
package io.taskbound.metrics;

import org.jspecify.annotations.NullMarked;
