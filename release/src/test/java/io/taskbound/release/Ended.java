// SPDX-License-Identifier: Apache-2.0
package io.taskbound.release;

/** What a program left behind: its exit code, and all that it printed. */
record Ended(int code, String output) {}
