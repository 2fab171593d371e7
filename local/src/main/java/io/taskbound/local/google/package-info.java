// SPDX-License-Identifier: Apache-2.0
/** A stand-in for Google Cloud's token service and one bucket, on loopback only. */
@NullMarked
package io.taskbound.local.google;

import org.jspecify.annotations.NullMarked;
