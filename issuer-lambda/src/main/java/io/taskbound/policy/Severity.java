// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

/** An error keeps the whole policy from loading; a warning is advice. */
public enum Severity {
    ERROR,
    WARNING
}
