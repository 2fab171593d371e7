// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.github;

import java.util.LinkedHashMap;
import java.util.Map;

/** An organization or a user. */
record Account(String login, long id, String type) {
    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("login", login);
        json.put("id", id);
        json.put("type", type);
        json.put("site_admin", false);
        return json;
    }
}
