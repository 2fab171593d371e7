// SPDX-License-Identifier: Apache-2.0
/** A command around which a task token lives: asked for before it, renewed during it, dead after it. */
@NullMarked
package io.taskbound.cli.run;

import org.jspecify.annotations.NullMarked;
