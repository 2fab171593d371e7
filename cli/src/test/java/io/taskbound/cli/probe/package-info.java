// SPDX-License-Identifier: Apache-2.0
/** infra/probe against a sound issuer and against sabotaged ones. */
@NullMarked
package io.taskbound.cli.probe;

import org.jspecify.annotations.NullMarked;
