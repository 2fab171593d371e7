// SPDX-License-Identifier: Apache-2.0
package io.taskbound.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** AssumeRole, as IAM judges it, and an answer that opens nothing. */
final class SessionsOfSts {
    private static final String SESSION = "<AssumeRoleResponse><AssumeRoleResult><Credentials>"
            + "<AccessKeyId>ASIARECORDED</AccessKeyId><SecretAccessKey>recorded</SecretAccessKey>"
            + "<SessionToken>recorded</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>"
            + "</Credentials></AssumeRoleResult></AssumeRoleResponse>";

    private SessionsOfSts() {}

    /** IAM asks for a right of its own to set tags, and for one to set a source identity. */
    static List<AwsCall> calls(byte[] body) {
        var form = Stream.of(new String(body, UTF_8).split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> decoded(pair[0]), pair -> decoded(pair[1])));
        if (!"AssumeRole".equals(form.get("Action"))) {
            throw new AssertionError("a call of STS that no role names: " + form.get("Action"));
        }
        var context = context(form);
        var actions = new ArrayList<>(List.of("AssumeRole"));
        if (context.containsKey("aws:TagKeys")) {
            actions.add("TagSession");
        }
        if (context.containsKey("sts:SourceIdentity")) {
            actions.add("SetSourceIdentity");
        }
        return actions.stream()
                .map(action -> new AwsCall("sts:" + action, form.getOrDefault("RoleArn", ""), context))
                .toList();
    }

    private static Map<String, List<String>> context(Map<String, String> form) {
        var context = new LinkedHashMap<String, List<String>>();
        if (form.containsKey("SourceIdentity")) {
            context.put("sts:SourceIdentity", List.of(form.getOrDefault("SourceIdentity", "")));
        }
        var keys = form.entrySet().stream()
                .filter(parameter -> parameter.getKey().matches("Tags\\.member\\.\\d+\\.Key"))
                .map(Map.Entry::getValue)
                .toList();
        if (!keys.isEmpty()) {
            context.put("aws:TagKeys", keys);
        }
        return context;
    }

    static void answer(HttpExchange exchange) throws IOException {
        var octets = SESSION.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/xml");
        exchange.sendResponseHeaders(200, octets.length);
        exchange.getResponseBody().write(octets);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, UTF_8);
    }
}
