// SPDX-License-Identifier: Apache-2.0
/** What a check found, for the programs that show it beside the sources: SARIF, and annotations of GitHub's runner. */
@NullMarked
package io.taskbound.cli.report;

import org.jspecify.annotations.NullMarked;
