// SPDX-License-Identifier: Apache-2.0
package io.taskbound.json;

/** The JSON {@code null}, which is a value like any other and never a Java null. */
public enum JsonNull implements JsonValue {
    NULL
}
