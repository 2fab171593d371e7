// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.github;

import java.util.LinkedHashMap;
import java.util.Map;

/** A private repository. */
record Repository(long id, Account owner, String name) {
    String fullName() {
        return owner.login() + "/" + name;
    }

    boolean is(String ownerLogin, String repository) {
        return owner.login().equalsIgnoreCase(ownerLogin) && name.equalsIgnoreCase(repository);
    }

    Map<String, Object> json(String origin) {
        var json = new LinkedHashMap<String, Object>();
        json.put("id", id);
        json.put("name", name);
        json.put("full_name", fullName());
        json.put("private", true);
        json.put("owner", owner.json());
        json.put("html_url", origin + "/" + fullName());
        json.put("clone_url", origin + "/" + fullName() + ".git");
        json.put("default_branch", GitFolder.BRANCH);
        return json;
    }
}
