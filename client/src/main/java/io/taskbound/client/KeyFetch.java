// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import com.nimbusds.jose.jwk.ECKey;
import io.taskbound.client.internal.EcKeySet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Fetches {@code /.well-known/jwks.json} (RFC 7517 section 5). */
final class KeyFetch implements IssuerKeys.KeySource {
    /** What the issuer sends, and the media type of a key set (RFC 7517 section 8.5), which a gateway may insist on. */
    private static final String ACCEPT = "application/jwk-set+json, application/json";

    /** Two tries: every request of the resource server that needs a key waits for this. */
    private static final Patience PATIENCE = new Patience(
            2, Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofMillis(200), Duration.ofMillis(200));

    private final IssuerUrl issuer;
    private final Calls calls;

    KeyFetch(IssuerUrl issuer, Calls calls) {
        this.issuer = issuer;
        this.calls = calls;
    }

    Reply reply() {
        return calls.send(issuer.endpoint("/.well-known/jwks.json"), Map.of("Accept", ACCEPT), new byte[0], PATIENCE);
    }

    @Override
    public IssuerKeys.Fetched fetch() {
        return reply().match(KeyFetch::keysOf, none -> new IssuerKeys.Fetched.Failed(none.outage()));
    }

    private static IssuerKeys.Fetched keysOf(Reply.Received received) {
        Map<String, ECKey> keys = received.status() == 200 ? EcKeySet.read(text(received)) : Map.of();
        return keys.isEmpty()
                ? new IssuerKeys.Fetched.Failed(received.notAnIssuer("without usable keys"))
                : new IssuerKeys.Fetched.Keys(keys);
    }

    static String text(Reply.Received received) {
        return new String(received.answer().body(), StandardCharsets.UTF_8);
    }
}
