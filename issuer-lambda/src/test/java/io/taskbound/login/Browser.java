// SPDX-License-Identifier: Apache-2.0
package io.taskbound.login;

import io.taskbound.local.people.StandInPeople;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Logs somebody in at the stand-in, as their browser would. */
final class Browser {
    private Browser() {}

    /** Where the provider sends the browser back to. */
    static URI back(URI authorization, String person) throws IOException {
        var connection = (HttpURLConnection) URI.create(authorization + "&" + StandInPeople.CHOSEN + "=" + person)
                .toURL()
                .openConnection();
        connection.setInstanceFollowRedirects(false);
        return URI.create(connection.getHeaderField("Location"));
    }

    static Map<String, String> parameters(URI uri) {
        var parameters = new HashMap<String, String>();
        for (var pair : uri.getRawQuery().split("&")) {
            var parts = pair.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    static LoginAnswer answer(URI back) {
        var parameters = parameters(back);
        return new LoginAnswer(
                Optional.ofNullable(parameters.get("code")),
                Optional.ofNullable(parameters.get("state")),
                Optional.ofNullable(parameters.get("iss")),
                Optional.ofNullable(parameters.get("error")));
    }
}
