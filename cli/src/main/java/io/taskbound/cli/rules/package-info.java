// SPDX-License-Identifier: Apache-2.0
/**
 * Which requests of a service are which uses of a token: a file of rules from method and path to action and identifier.
 * Pure: it asks nobody, and what a request may do is decided elsewhere. Whatever two programs could read differently is
 * refused here, before a rule is looked at.
 */
@NullMarked
package io.taskbound.cli.rules;

import org.jspecify.annotations.NullMarked;
