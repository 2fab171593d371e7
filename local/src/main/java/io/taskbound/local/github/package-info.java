// SPDX-License-Identifier: Apache-2.0
/** GitHub's endpoints for Apps and their installations, and a git server behind them, on loopback only. */
@NullMarked
package io.taskbound.local.github;

import org.jspecify.annotations.NullMarked;
