// SPDX-License-Identifier: Apache-2.0
package io.taskbound.openbao;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;

/** Sets an OpenBao up as its administrator, and uses it as a step does; the same for the real one and the stand-in. */
final class BaoAdmin {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private final URI address;
    private final String rootToken;
    private final Optional<String> namespace;

    BaoAdmin(URI address, String rootToken) {
        this(address, rootToken, Optional.empty());
    }

    private BaoAdmin(URI address, String rootToken, Optional<String> namespace) {
        this.address = address;
        this.rootToken = rootToken;
        this.namespace = namespace;
    }

    BaoAdmin in(String name) {
        return new BaoAdmin(address, rootToken, Optional.of(name));
    }

    record Answer(int status, JsonObject body) {}

    Answer get(String path, String token) {
        return send(request(path, token).GET());
    }

    Answer post(String path, String token, JsonObject body) {
        return send(request(path, token).POST(BodyPublishers.ofString(JsonText.of(body))));
    }

    void set(String path, JsonObject body) {
        var answer = post(path, rootToken, body);
        if (answer.status() != 200 && answer.status() != 204) {
            throw new AssertionError(path + ": " + answer);
        }
    }

    void set(String path, String json) {
        try {
            set(path, StrictJson.parseObject(json.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        } catch (MalformedJson malformed) {
            throw new AssertionError(malformed);
        }
    }

    void policy(String name, String text) {
        set(
                "sys/policies/acl/" + name,
                JsonObject.builder()
                        .put("policy", text)
                        .put("allow_slashes_in_identity_templates", true)
                        .build());
    }

    /** The accessor of an auth method, which templates name. */
    String accessorOf(String mount) {
        return get("sys/auth", rootToken)
                .body()
                .object("data")
                .flatMap(all -> all.object(mount + "/"))
                .flatMap(one -> one.string("accessor"))
                .orElseThrow();
    }

    /** Of all service tokens. */
    TreeSet<String> accessors() {
        var accessors = new TreeSet<String>();
        var answer = get("auth/token/accessors?list=true", rootToken);
        answer.body()
                .object("data")
                .flatMap(data -> data.array("keys"))
                .ifPresent(keys -> keys.items().forEach(key -> accessors.add(((JsonString) key).value())));
        return accessors;
    }

    private HttpRequest.Builder request(String path, String token) {
        var request = HttpRequest.newBuilder(URI.create(address + "/v1/" + path))
                .timeout(Duration.ofSeconds(20))
                .header("X-Vault-Token", token);
        namespace.ifPresent(name -> request.header("X-Vault-Namespace", name));
        return request;
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            var answer = HTTP.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(
                    answer.statusCode(),
                    answer.body().length == 0 ? JsonObject.EMPTY : StrictJson.parseObject(answer.body()));
        } catch (IOException | MalformedJson broken) {
            throw new AssertionError(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
