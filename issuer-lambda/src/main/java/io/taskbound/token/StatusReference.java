// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import io.taskbound.json.JsonObject;

/**
 * Where a token says that its status is published: the claim {@code status} of the draft that
 * {@code io.taskbound.status} names.
 *
 * @param index of its bit in the list
 * @param address of the list
 */
public record StatusReference(int index, String address) {
    JsonObject json() {
        var list = JsonObject.builder().put("idx", index).put("uri", address).build();
        return JsonObject.builder().put("status_list", list).build();
    }
}
