// SPDX-License-Identifier: Apache-2.0
/** HTTP and Lambda in and out: forms become requests, answers become JSON, settings become parts. */
@NullMarked
package io.taskbound.edge;

import org.jspecify.annotations.NullMarked;
