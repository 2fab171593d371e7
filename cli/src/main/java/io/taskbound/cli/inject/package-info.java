// SPDX-License-Identifier: Apache-2.0
/** The proxy of {@code run --inject}: adds the token of a step to the requests of its command, which never holds it. */
@NullMarked
package io.taskbound.cli.inject;

import org.jspecify.annotations.NullMarked;
