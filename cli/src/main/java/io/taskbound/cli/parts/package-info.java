// SPDX-License-Identifier: Apache-2.0
/**
 * DynamoDB Local, whose licence forbids handing it out: fetched, checked and added to the class path when it is first
 * needed.
 */
@NullMarked
package io.taskbound.cli.parts;

import org.jspecify.annotations.NullMarked;
