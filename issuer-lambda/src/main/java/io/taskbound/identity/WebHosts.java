// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * From an issuer to the web pages of the system: its own origin, unless the profile knows another host for it. For
 * links in records only.
 *
 * @param prefix dropped from the issuer's host, {@code token.actions.acme.ghe.com} being {@code acme.ghe.com}
 */
record WebHosts(String prefix, Map<String, String> hosts) {
    WebHosts {
        hosts = Map.copyOf(hosts);
    }

    static WebHosts read(JsonObject file) {
        var hosts = new LinkedHashMap<String, String>();
        file.object("hosts")
                .orElse(JsonObject.EMPTY)
                .members()
                .forEach((issuer, host) -> hosts.put(issuer, ((JsonString) host).value()));
        return new WebHosts(file.string("drop_prefix").orElse(""), hosts);
    }

    String origin(String issuer) {
        var uri = URI.create(issuer);
        var host = String.valueOf(uri.getHost());
        var named = hosts.getOrDefault(host, host.startsWith(prefix) ? host.substring(prefix.length()) : host);
        return uri.getScheme() + "://" + named + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }
}
