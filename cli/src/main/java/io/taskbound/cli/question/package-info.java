// SPDX-License-Identifier: Apache-2.0
/** {@code policy who-can} and {@code what-can}: what a policy answers to those who ask whom it lets do what. */
@NullMarked
package io.taskbound.cli.question;

import org.jspecify.annotations.NullMarked;
