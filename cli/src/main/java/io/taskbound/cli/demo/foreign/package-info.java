// SPDX-License-Identifier: Apache-2.0
/**
 * {@code demo --credentials}: real steps under {@code taskbound run} that get the credential of a foreign service, and
 * a thief who copies it.
 */
@NullMarked
package io.taskbound.cli.demo.foreign;

import org.jspecify.annotations.NullMarked;
