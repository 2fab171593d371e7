// SPDX-License-Identifier: Apache-2.0
/**
 * One line of metrics per decision, in CloudWatch's embedded metric format; docs/monitoring.md explains each metric.
 */
@NullMarked
package io.taskbound.metrics;

import org.jspecify.annotations.NullMarked;
