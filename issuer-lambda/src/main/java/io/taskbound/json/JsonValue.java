// SPDX-License-Identifier: Apache-2.0
package io.taskbound.json;

/** One JSON value (RFC 8259 section 3): an object, an array, a string, a number, a boolean or null. */
public sealed interface JsonValue permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {}
