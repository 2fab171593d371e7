// SPDX-License-Identifier: Apache-2.0
/** {@code demo --agent}: an agent that obeys whatever it reads, behind a gateway that knows its task. */
@NullMarked
package io.taskbound.cli.demo.agent;

import org.jspecify.annotations.NullMarked;
