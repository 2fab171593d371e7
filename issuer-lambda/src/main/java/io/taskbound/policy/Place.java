// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.json.JsonValue;

/** A value and where in the document it stands, as a JSON pointer (RFC 6901). */
record Place(String pointer, JsonValue value) {

    Place member(String name, JsonValue member) {
        return new Place(pointer + "/" + name.replace("~", "~0").replace("/", "~1"), member);
    }

    Place item(int index, JsonValue item) {
        return new Place(pointer + "/" + index, item);
    }
}
