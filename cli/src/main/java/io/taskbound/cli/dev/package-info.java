// SPDX-License-Identifier: Apache-2.0
/** {@code serve --dev} and {@code dev}: a stand-in CI provider for people who have none. */
@NullMarked
package io.taskbound.cli.dev;

import org.jspecify.annotations.NullMarked;
