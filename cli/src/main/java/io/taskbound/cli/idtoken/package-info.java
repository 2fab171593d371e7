// SPDX-License-Identifier: Apache-2.0
/** Where the ID token comes from that proves who is asking: a variable, a file, a command, or the runner of GitHub. */
@NullMarked
package io.taskbound.cli.idtoken;

import org.jspecify.annotations.NullMarked;
