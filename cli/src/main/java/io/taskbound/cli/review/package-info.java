// SPDX-License-Identifier: Apache-2.0
/** {@code policy}: what the people who review a policy ask it. */
@NullMarked
package io.taskbound.cli.review;

import org.jspecify.annotations.NullMarked;
