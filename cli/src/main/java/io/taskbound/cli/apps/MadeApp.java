// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.apps;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.github.ServerUrl;
import io.taskbound.identity.FetchPolicy;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.outbound.Call;
import io.taskbound.outbound.CallFailed;
import io.taskbound.outbound.OutboundHttp;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** An App as GitHub made it, with the key that it hands out this once. */
final class MadeApp {
    private static final Duration WITHIN = Duration.ofSeconds(8);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,100}");

    private final JsonObject answer;
    private final AppKey key;

    private MadeApp(JsonObject answer, AppKey key) {
        this.answer = answer;
        this.key = key;
    }

    /** Exchanges the code, which is good for once. */
    static MadeApp of(URI api, String code) throws Complaint {
        // Whoever types a private host means it.
        var http = new OutboundHttp(new FetchPolicy(true, Set.of(String.valueOf(api.getHost()))));
        var call = Call.post(
                        URI.create(api + "/app-manifests/" + code + "/conversions"), "application/json", new byte[0])
                .header("Accept", "application/vnd.github+json")
                .header("X-GitHub-Api-Version", "2022-11-28")
                .header("User-Agent", "taskbound");
        try {
            var reply = http.send(call, WITHIN);
            if (reply.status() != 201) {
                throw unusable(api, "the answer was " + reply.status());
            }
            return read(api, reply.json());
        } catch (CallFailed e) {
            throw unusable(api, String.valueOf(e.getMessage()));
        }
    }

    private static MadeApp read(URI api, Optional<JsonValue> json) throws Complaint {
        if (json.isPresent() && json.get() instanceof JsonObject answer) {
            var owner = answer.object("owner").orElse(JsonObject.EMPTY);
            var pem = answer.string("pem");
            if (answer.wholeNumber("id").orElse(0) > 0
                    && answer.string("slug").filter(NAME.asMatchPredicate()).isPresent()
                    && owner.wholeNumber("id").orElse(0) > 0
                    && owner.string("login").filter(NAME.asMatchPredicate()).isPresent()
                    && pem.isPresent()) {
                return new MadeApp(answer, AppKey.read(pem.get(), "GitHub's answer"));
            }
        }
        throw unusable(api, "the answer is not an App");
    }

    private static Complaint unusable(URI api, String why) {
        return Complaint.refused(
                "GitHub did not hand over the App: " + why + ".",
                "There may be an App now: look at " + ServerUrl.of(api) + "/settings/apps, or the organization's"
                        + " settings, and delete it, or generate a private key there and import it with `taskbound"
                        + " keys import-github-app`.");
    }

    String id() {
        return Long.toString(answer.wholeNumber("id").orElse(0));
    }

    String slug() {
        return answer.string("slug").orElse("");
    }

    AppKey key() {
        return key;
    }

    String owner() {
        return owned().string("login").orElse("");
    }

    String ownerId() {
        return Long.toString(owned().wholeNumber("id").orElse(0));
    }

    private JsonObject owned() {
        return answer.object("owner").orElse(JsonObject.EMPTY);
    }

    /** The App's page, where GitHub says one of its own; the usual one otherwise. */
    String page(URI api) {
        var server = ServerUrl.of(api);
        return answer.string("html_url")
                .filter(url -> url.matches(Pattern.quote(server) + "/[A-Za-z0-9/-]{1,200}"))
                .orElse(server + "/apps/" + slug());
    }

    /** What it may do and was not asked for. */
    Map<String, String> more(Map<String, String> asked) {
        var more = new TreeMap<String, String>();
        answer.object("permissions").orElse(JsonObject.EMPTY).members().forEach((name, level) -> {
            var text = level instanceof JsonString string ? string.value() : "?";
            boolean always = name.equals("metadata") && text.equals("read");
            if (!text.equals(asked.get(name))
                    && !always
                    && NAME.matcher(name.replace('_', '-')).matches()) {
                more.put(name, text);
            }
        });
        return more;
    }

    @Override
    public String toString() {
        return "MadeApp[" + id() + "]";
    }
}
