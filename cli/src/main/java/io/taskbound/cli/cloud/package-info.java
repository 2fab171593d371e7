// SPDX-License-Identifier: Apache-2.0
/** The administrator's way to AWS: which table, which endpoint, with whose credentials, and who that is. */
@NullMarked
package io.taskbound.cli.cloud;

import org.jspecify.annotations.NullMarked;
