// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.apps;

import io.taskbound.github.ServerUrl;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import java.net.URI;
import java.util.Map;

/**
 * The page that sends a person to GitHub with the App's manifest. It has no script and loads nothing; the person
 * presses the button after reading what the App may do.
 *
 * @param name proposed for the App; the person can change it at GitHub
 * @param personal whether the owner is a user account and not an organization
 */
record ManifestForm(URI api, String owner, boolean personal, String name, Map<String, String> permissions) {

    /** Where the form may be sent, and nothing else (Content Security Policy). */
    String contentPolicy() {
        return "default-src 'none'; form-action " + ServerUrl.of(api) + "; frame-ancestors 'none'; base-uri 'none'";
    }

    /**
     * @param back where GitHub sends the person afterwards
     * @param state comes back from GitHub unchanged
     */
    String html(String back, String state) {
        var action =
                ServerUrl.of(api) + (personal ? "" : "/organizations/" + owner) + "/settings/apps/new?state=" + state;
        var list = new StringBuilder();
        permissions.forEach((permission, level) ->
                list.append("<li>").append(escaped(permission + ": " + level)).append("</li>"));
        return "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Taskbound: a GitHub App</title>"
                + "</head><body><h1>A GitHub App for " + escaped(owner)
                + "</h1><p>The issuer asks it for tokens. It may:"
                + "</p><ul>" + list + "</ul><p>GitHub shows this again, and asks you, before there is an App. It has no"
                + " webhook, and nobody but " + escaped(owner) + " can install it.</p><form method=\"post\" action=\""
                + escaped(action) + "\"><input type=\"hidden\" name=\"manifest\" value=\"" + escaped(manifest(back))
                + "\"><button id=\"continue\" type=\"submit\">Continue at GitHub</button></form></body></html>";
    }

    private String manifest(String back) {
        var page = ServerUrl.of(api) + "/" + owner;
        var asked = JsonObject.builder();
        permissions.forEach(asked::put);
        return JsonText.of(JsonObject.builder()
                .put("name", name)
                .put("url", page)
                // GitHub wants a URL here, also for a hook that is never called.
                .put(
                        "hook_attributes",
                        JsonObject.builder()
                                .put("url", page)
                                .put("active", false)
                                .build())
                .put("redirect_url", back)
                .put("public", false)
                .put("default_permissions", asked.build())
                .put("default_events", JsonArray.EMPTY)
                .build());
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
