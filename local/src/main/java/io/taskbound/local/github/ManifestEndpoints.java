// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.net.URLEncoder;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An App made from a manifest: the form, the page that asks, the way back with a code, and what the code is good for.
 */
final class ManifestEndpoints {
    private static final int LONGEST_NAME = 34;

    private final World world;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Proposed> asked = new ConcurrentHashMap<>();
    private final Map<String, Agreed> agreed = new ConcurrentHashMap<>();

    private record Proposed(Account owner, Map<String, Object> manifest, Optional<String> state, String name) {
        Proposed named(String other) {
            return new Proposed(owner, manifest, state, other);
        }
    }

    /** @param keys made while the browser waits, because a client gives up on a slow answer to its code */
    private record Agreed(Proposed app, KeyPair keys) {}

    ManifestEndpoints(World world) {
        this.world = world;
    }

    /** {@code POST …/settings/apps/new}: the page on which a person gives the name and agrees. */
    Answer propose(Asked request, String ownerLogin) {
        var owner = world.account(ownerLogin);
        var manifest = manifest(request.form().getOrDefault("manifest", ""));
        if (owner.isEmpty()) {
            return Answer.page(404, "<h1>Not Found</h1>");
        }
        if (manifest.isEmpty()) {
            return Answer.page(422, "<h1>Invalid GitHub App configuration</h1>");
        }
        var name = String.valueOf(manifest.get().getOrDefault("name", ""));
        var state = Optional.ofNullable(request.parameters().get("state"));
        var id = code();
        asked.put(id, new Proposed(owner.get(), manifest.get(), state, name));
        return Answer.page(
                200,
                "<!DOCTYPE html><title>Create GitHub App</title><h1>Create GitHub App for "
                        + escaped(owner.get().login()) + "</h1><form method=\"post\" action=\"/settings/apps/agree/"
                        + id
                        + "\"><input id=\"name\" name=\"name\" value=\"" + escaped(name)
                        + "\"><button id=\"create\" type=\"submit\">Create GitHub App for "
                        + escaped(owner.get().login()) + "</button></form>");
    }

    private static Optional<Map<String, Object>> manifest(String text) {
        try {
            var manifest = JSONObjectUtils.parse(text);
            boolean hookIsWhole =
                    !(manifest.get("hook_attributes") instanceof Map<?, ?> hook) || hook.get("url") instanceof String;
            return manifest.get("url") instanceof String && hookIsWhole ? Optional.of(manifest) : Optional.empty();
        } catch (ParseException notJson) {
            return Optional.empty();
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    /** The person agreed. */
    Answer agree(Asked request) {
        var proposed = Optional.ofNullable(asked.remove(request.segments().get(3)));
        var name = request.form().getOrDefault("name", "");
        if (proposed.isEmpty() || name.isEmpty() || name.length() > LONGEST_NAME) {
            return Answer.page(422, "<h1>Name is not valid</h1>");
        }
        var code = code();
        agreed.put(code, new Agreed(proposed.get().named(name), world.newAppKeys()));
        var back = String.valueOf(proposed.get().manifest().get("redirect_url"));
        var state = proposed.get()
                .state()
                .map(text -> "&state=" + URLEncoder.encode(text, UTF_8))
                .orElse("");
        return Answer.empty(302).header("Location", back + "?code=" + code + state);
    }

    /** {@code POST /app-manifests/{code}/conversions}: once for each code. */
    Answer convert(Asked request, String origin) {
        var taken = Optional.ofNullable(agreed.remove(request.segments().get(1)));
        if (taken.isEmpty()) {
            return Answer.notFound();
        }
        var proposed = taken.get().app();
        var permissions = new TreeMap<String, String>();
        if (proposed.manifest().get("default_permissions") instanceof Map<?, ?> wanted) {
            wanted.forEach((name, level) -> permissions.put(String.valueOf(name), String.valueOf(level)));
        }
        var app = world.newApp(
                proposed.name(), proposed.owner(), permissions, taken.get().keys());
        var json = new LinkedHashMap<>(app.json(origin, Optional.empty()));
        json.put("client_secret", code());
        json.put("webhook_secret", null);
        json.put("pem", app.pem());
        return Answer.json(201, json);
    }

    private String code() {
        var bytes = new byte[20];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
