// SPDX-License-Identifier: Apache-2.0
package io.taskbound.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.credential.CredentialOrder;
import io.taskbound.credential.CredentialRefused;
import io.taskbound.credential.CredentialService;
import io.taskbound.credential.CredentialUnavailable;
import io.taskbound.credential.ForeignCredential;
import io.taskbound.credential.GithubAccess;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.outbound.Deadline;
import io.taskbound.outbound.OutboundHttp;
import io.taskbound.outbound.Reply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Installation access tokens of a GitHub App: for the repositories and permissions of one grant, and for nothing else.
 * GitHub ends one after an hour by itself, and at once when it is revoked. What GitHub answers is compared with what
 * was asked for before anybody gets it.
 */
public final class GithubService implements CredentialService<GithubAccess> {
    private static final Duration LIFE = Duration.ofHours(1);
    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final Duration EXCHANGE = Duration.ofMillis(9_500);
    private static final String API_URL = "api_url";
    private static final String TOKEN = "token";

    private final GithubApi api;
    private final AppJwts jwts;
    private final Installations installations;

    /** @param http which hosts may be called, and through what */
    public GithubService(AppKeys keys, OutboundHttp http) {
        this.api = new GithubApi(http);
        this.jwts = new AppJwts(keys);
        this.installations = new Installations(api, jwts);
    }

    @Override
    public Instant mayLiveUntil(GithubAccess access, CredentialOrder order) {
        return order.now().plus(LIFE).plus(SKEW);
    }

    @Override
    public ForeignCredential issue(GithubAccess access, CredentialOrder order)
            throws CredentialRefused, CredentialUnavailable {
        if (access.repositories().isEmpty() || access.permissions().isEmpty()) {
            // GitHub takes an empty list for all that the App has.
            throw new IllegalArgumentException("a token without a list of repositories or permissions is never made");
        }
        var deadline = Deadline.in(EXCHANGE);
        var made = made(answer(access, order.now(), deadline));
        var difference = made.difference(access, order.now(), mayLiveUntil(access, order));
        if (difference.isPresent()) {
            discard(access, made, difference.get(), deadline);
            throw new CredentialRefused(
                    "GitHub gave another token than was asked for, and it was revoked at once; whoever operates the"
                            + " issuer finds out why.",
                    "access_tokens: 201, but " + difference.get());
        }
        return credential(access, made, order);
    }

    /** A token could be made and not read: then nobody has it, and it is alive for an hour. */
    private static MadeToken made(Reply reply) throws CredentialUnavailable {
        return MadeToken.read(reply.json())
                .orElseThrow(() -> new CredentialUnavailable(
                        "access_tokens: 201, but with no token that can be used", true, Optional.empty()));
    }

    /** An answer of 201. */
    private Reply answer(GithubAccess access, Instant now, Deadline deadline)
            throws CredentialRefused, CredentialUnavailable {
        var installation = installations.find(access, now, deadline);
        var reply = ask(access, installation, now, deadline);
        if (isUnknown(reply)) {
            installations.forget(access);
            var other = installations.find(access, now, deadline);
            if (other.id() != installation.id()) {
                reply = ask(access, other, now, deadline);
            }
        }
        if (reply.status() == 201) {
            return reply;
        }
        throwWhatItMeans(access, reply, now);
        throw new CredentialUnavailable(
                "access_tokens: " + reply.status(), reply.status() < 300 || reply.status() >= 500, Optional.empty());
    }

    private static boolean isUnknown(Reply reply) {
        return reply.status() == 404 && reply.json().isPresent();
    }

    private void throwWhatItMeans(GithubAccess access, Reply reply, Instant now)
            throws CredentialRefused, CredentialUnavailable {
        if (Answers.isRateLimited(reply)) {
            throw Answers.rateLimited("access_tokens", reply, now);
        }
        if (isUnknown(reply)) {
            installations.forget(access);
            throw Answers.notInstalled(access.owner(), "access_tokens: 404");
        }
        switch (reply.status()) {
            case 401 -> {
                jwts.forget(access.app().appId());
                throw Answers.notTheApp("access_tokens");
            }
            case 403 -> {
                installations.forget(access);
                throw Answers.suspended(access.owner(), "access_tokens: 403");
            }
            case 422 -> throw Answers.notGranted(reply, access.owner());
            default -> {}
        }
    }

    private Reply ask(GithubAccess access, Installation installation, Instant now, Deadline deadline)
            throws CredentialRefused, CredentialUnavailable {
        var wanted = JsonObject.builder()
                .put("repositories", JsonArray.ofStrings(access.repositories()))
                .put("permissions", object(access.permissions()))
                .build();
        return api.make(
                access.app().apiUrl(),
                "/app/installations/" + installation.id() + "/access_tokens",
                jwts.of(access.app().appId(), now),
                wanted,
                deadline);
    }

    private static JsonObject object(Map<String, String> texts) {
        var object = JsonObject.builder();
        texts.forEach(object::put);
        return object.build();
    }

    private void discard(GithubAccess access, MadeToken made, String why, Deadline deadline)
            throws CredentialUnavailable {
        try {
            end(access.app().apiUrl(), made.token(), deadline);
        } catch (CredentialUnavailable stays) {
            throw new CredentialUnavailable(
                    "access_tokens: 201, but " + why + "; then " + stays.getMessage(), true, Optional.empty());
        }
    }

    private static ForeignCredential credential(GithubAccess access, MadeToken made, CredentialOrder order) {
        var url = access.app().apiUrl();
        var about = JsonObject.builder()
                .put("server_url", ServerUrl.of(url))
                .put(API_URL, url.toString())
                .put(
                        "repositories",
                        JsonArray.ofStrings(access.repositories().stream()
                                .map(name -> access.owner() + "/" + name)
                                .toList()))
                .put("permissions", object(made.permissions().orElse(Map.of())))
                .build();
        return new ForeignCredential(
                JsonObject.builder().put(TOKEN, made.token()).build(),
                about,
                made.until().orElse(order.now().plus(LIFE)),
                Optional.of(JsonText.of(JsonObject.builder()
                        .put(API_URL, url.toString())
                        .put(TOKEN, made.token())
                        .build())));
    }

    @Override
    public void revoke(String revocation) throws CredentialUnavailable {
        try {
            var kept = StrictJson.parseObject(revocation.getBytes(UTF_8));
            end(
                    URI.create(kept.string(API_URL).orElseThrow(IllegalArgumentException::new)),
                    kept.string(TOKEN).orElseThrow(IllegalArgumentException::new),
                    Deadline.in(EXCHANGE));
        } catch (MalformedJson | IllegalArgumentException notOurs) {
            // The cause is left out on purpose: parsers quote what they read.
            throw new CredentialUnavailable("revoke: what is kept is not a token", false, Optional.empty());
        }
    }

    /** Gone is also what GitHub does not know: it expired, or somebody else was faster. */
    private void end(URI url, String token, Deadline deadline) throws CredentialUnavailable {
        var reply = api.revoke(url, token, deadline);
        if (!Answers.saysGone(reply)) {
            throw new CredentialUnavailable("revoke: " + reply.status(), false, Optional.empty());
        }
    }
}
