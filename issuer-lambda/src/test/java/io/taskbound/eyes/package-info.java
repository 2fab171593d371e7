// SPDX-License-Identifier: Apache-2.0
/** Dashboard, alarms and saved queries of the template, compared with what the code writes. */
@NullMarked
package io.taskbound.eyes;

import org.jspecify.annotations.NullMarked;
