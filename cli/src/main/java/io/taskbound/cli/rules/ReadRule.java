// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.rules;

import io.taskbound.cli.policy.DocumentFields;

/** A rule and where it stands. */
record ReadRule(DocumentFields fields, Rule rule) {}
