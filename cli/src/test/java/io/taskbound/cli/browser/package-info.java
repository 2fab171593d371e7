// SPDX-License-Identifier: Apache-2.0
/** A real browser, for pages of ours. */
@NullMarked
package io.taskbound.cli.browser;

import org.jspecify.annotations.NullMarked;
