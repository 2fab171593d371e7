// SPDX-License-Identifier: Apache-2.0
package io.taskbound.github;

import java.net.URI;

/** Where people and git find what an API belongs to. */
public final class ServerUrl {
    private static final String ENTERPRISE_CLOUD = ".ghe.com";
    private static final String ENTERPRISE_SERVER = "/api/v3";
    private static final String API = "api.";

    private ServerUrl() {}

    public static String of(URI api) {
        var host = String.valueOf(api.getHost());
        if (host.equals("api.github.com") || (host.startsWith(API) && host.endsWith(ENTERPRISE_CLOUD))) {
            return "https://" + host.substring(API.length());
        }
        var url = api.toString();
        return url.endsWith(ENTERPRISE_SERVER) ? url.substring(0, url.length() - ENTERPRISE_SERVER.length()) : url;
    }
}
