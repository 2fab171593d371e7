// SPDX-License-Identifier: Apache-2.0
package io.taskbound.task;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code authorization_details} as granted: its canonical text, by which two are equal, and its objects. What was just
 * written is never parsed back; what was read from a record is parsed only when the objects are needed, so that a
 * record can be closed whatever its text.
 */
public final class GrantedDetails {
    private final String text;
    private final Optional<JsonArray> written;

    private GrantedDetails(String text, Optional<JsonArray> written) {
        this.text = text;
        this.written = written;
    }

    public static GrantedDetails of(TaskName task, List<Permission> permissions) {
        var json = AuthorizationDetails.of(task, permissions);
        return new GrantedDetails(JsonText.canonical(json), Optional.of(json));
    }

    /** @throws IllegalArgumentException when there is no text at all */
    public static GrantedDetails recorded(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("authorization_details must not be empty");
        }
        return new GrantedDetails(text, Optional.empty());
    }

    /** Canonical JSON. */
    public String text() {
        return text;
    }

    /** The objects in the wire form of RFC 9396. */
    public JsonArray json() {
        return written.orElseGet(this::parsed);
    }

    private JsonArray parsed() {
        try {
            if (StrictJson.parse(text.getBytes(StandardCharsets.UTF_8)) instanceof JsonArray details) {
                return details;
            }
        } catch (MalformedJson damaged) {
            throw new IllegalStateException("the record's authorization_details cannot be read", damaged);
        }
        throw new IllegalStateException("the record's authorization_details is not an array");
    }

    /** The objects, in their order. */
    public List<Permission> permissions() {
        if (AuthorizationDetails.parse(text) instanceof AuthorizationDetails.Read granted) {
            return granted.permissions().stream()
                    .map(permission -> new Permission(
                            permission.actions(), permission.location().orElseThrow(), permission.identifier()))
                    .toList();
        }
        throw new IllegalStateException("the record's authorization_details cannot be read");
    }

    /** The index of the object that permits this action on this target, or empty. */
    public OptionalInt indexOf(String action, Identifier target) {
        if (AuthorizationDetails.parse(text) instanceof AuthorizationDetails.Read granted) {
            for (int i = 0; i < granted.permissions().size(); i++) {
                var permission = granted.permissions().get(i);
                if (permission.identifier().equals(target)
                        && permission.actions().contains(action)) {
                    return OptionalInt.of(i);
                }
            }
        }
        return OptionalInt.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GrantedDetails details && text.equals(details.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
