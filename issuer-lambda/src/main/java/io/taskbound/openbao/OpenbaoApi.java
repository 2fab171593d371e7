// SPDX-License-Identifier: Apache-2.0
package io.taskbound.openbao;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.credential.CredentialUnavailable;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.outbound.Call;
import io.taskbound.outbound.CallFailed;
import io.taskbound.outbound.Deadline;
import io.taskbound.outbound.OutboundHttp;
import io.taskbound.outbound.Reply;
import java.net.URI;
import java.util.Optional;

/** Requests to the HTTP API of OpenBao, which is also Vault's. */
final class OpenbaoApi {
    private final OutboundHttp http;

    OpenbaoApi(OutboundHttp http) {
        this.http = http;
    }

    /** Makes a token; whether it was made stays unknown when no answer comes. */
    Reply login(Mount mount, String role, String jwt, Deadline deadline) throws CredentialUnavailable {
        var body = JsonObject.builder().put("role", role).put("jwt", jwt).build();
        return send("login", mount, "/v1/auth/" + mount.path() + "/login", Optional.empty(), body, deadline);
    }

    Reply lookUp(Mount mount, String token, String accessor, Deadline deadline) throws CredentialUnavailable {
        return send(
                "lookup-accessor",
                mount,
                "/v1/auth/token/lookup-accessor",
                Optional.of(token),
                accessor(accessor),
                deadline);
    }

    Reply revoke(Mount mount, String token, String accessor, Deadline deadline) throws CredentialUnavailable {
        return send(
                "revoke-accessor",
                mount,
                "/v1/auth/token/revoke-accessor",
                Optional.of(token),
                accessor(accessor),
                deadline);
    }

    Reply revokeSelf(Mount mount, String token, Deadline deadline) throws CredentialUnavailable {
        return send("revoke-self", mount, "/v1/auth/token/revoke-self", Optional.of(token), JsonObject.EMPTY, deadline);
    }

    private static JsonObject accessor(String accessor) {
        return JsonObject.builder().put("accessor", accessor).build();
    }

    private Reply send(
            String step, Mount mount, String path, Optional<String> token, JsonObject body, Deadline deadline)
            throws CredentialUnavailable {
        var call = Call.post(
                        URI.create(mount.address() + path),
                        "application/json",
                        JsonText.of(body).getBytes(UTF_8))
                .header("Accept", "application/json")
                // Without it a proxy of OpenBao's agent kind may not pass a request on.
                .header("X-Vault-Request", "true");
        token.ifPresent(text -> call.header("X-Vault-Token", text));
        mount.namespace().ifPresent(name -> call.header("X-Vault-Namespace", name));
        try {
            return http.send(call, deadline.left());
        } catch (CallFailed e) {
            throw new CredentialUnavailable(
                    step + ": " + e.getMessage(), e.sent() && step.equals("login"), Optional.empty());
        }
    }
}
