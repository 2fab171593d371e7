// SPDX-License-Identifier: Apache-2.0
/** What Taskbound supports of some frameworks' controls, and the tests that prove it in a build. */
@NullMarked
package io.taskbound.cli.controls;

import org.jspecify.annotations.NullMarked;
