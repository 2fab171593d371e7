// SPDX-License-Identifier: Apache-2.0
/** The proxies that the environment names. */
@NullMarked
package io.taskbound.cli.proxy;

import org.jspecify.annotations.NullMarked;
