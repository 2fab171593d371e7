// SPDX-License-Identifier: Apache-2.0
package io.taskbound.json;

/** A JSON string without its quotes and escapes. */
public record JsonString(String value) implements JsonValue {}
