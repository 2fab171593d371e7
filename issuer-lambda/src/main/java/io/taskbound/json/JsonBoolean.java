// SPDX-License-Identifier: Apache-2.0
package io.taskbound.json;

/** A JSON {@code true} or {@code false}. */
public record JsonBoolean(boolean value) implements JsonValue {}
