// SPDX-License-Identifier: Apache-2.0
/** Dashboard, alarms and saved queries of the template, compared with what the code writes. */
@NullMarked
package io.taskbound.monitoring;

import org.jspecify.annotations.NullMarked;
