// SPDX-License-Identifier: Apache-2.0
package io.taskbound.github;

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

/** Requests to GitHub's REST API, of the version 2022-11-28. */
final class GithubApi {
    /** A hundred installations, each with its permissions and events. */
    private static final int LIST_BYTES = 1024 * 1024;

    private final OutboundHttp http;

    GithubApi(OutboundHttp http) {
        this.http = http;
    }

    /** @param bearer an App's JWT */
    Reply list(URI api, String path, String bearer, Deadline deadline) throws CredentialUnavailable {
        return send("installations", Call.get(URI.create(api + path)).answeredWithin(LIST_BYTES), bearer, deadline);
    }

    /** Makes a token; whether it was made stays unknown when no answer comes. */
    Reply make(URI api, String path, String bearer, JsonObject wanted, Deadline deadline) throws CredentialUnavailable {
        var body = JsonText.of(wanted).getBytes(UTF_8);
        return send("access_tokens", Call.post(URI.create(api + path), "application/json", body), bearer, deadline);
    }

    /** @param bearer the installation token that ends */
    Reply revoke(URI api, String bearer, Deadline deadline) throws CredentialUnavailable {
        return send("revoke", Call.delete(URI.create(api + "/installation/token")), bearer, deadline);
    }

    private Reply send(String step, Call call, String bearer, Deadline deadline) throws CredentialUnavailable {
        try {
            call.header("Accept", "application/vnd.github+json")
                    .header("X-GitHub-Api-Version", "2022-11-28")
                    .header("User-Agent", "taskbound")
                    .header("Authorization", "Bearer " + bearer);
            return http.send(call, deadline.left());
        } catch (CallFailed e) {
            throw new CredentialUnavailable(
                    step + ": " + e.getMessage(), e.sent() && step.equals("access_tokens"), Optional.empty());
        }
    }
}
