// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;

/** Which tokens a {@link TestIssuer} gave, and which of them are alive. */
final class TestLedger {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final List<Entry> entries = new CopyOnWriteArrayList<>();
    private Optional<String> nextHandle = Optional.empty();

    /** A JWT in form and a random one in content: nothing in it can be found by chance. */
    synchronized Entry add(
            JSONObject caller,
            String proof,
            String txn,
            JSONArray details,
            Duration lifetime,
            Optional<Duration> lease,
            String challenge) {
        var entry = new Entry(
                run(caller),
                proof,
                txn,
                details,
                Instant.now().plus(lifetime),
                lease,
                challenge,
                nextHandle.orElseGet(() -> random(16) + "." + random(24)));
        entries.add(entry);
        return entry;
    }

    /** From now on every token is known by this handle, as an issuer may do that imitates another one. */
    synchronized void imitate(String handle) {
        nextHandle = Optional.of(handle);
    }

    List<Entry> all() {
        return List.copyOf(entries);
    }

    Optional<Entry> byToken(String token) {
        return entries.stream().filter(entry -> entry.token.equals(token)).findFirst();
    }

    Optional<Entry> byHandle(String handle) {
        return entries.stream().filter(entry -> entry.handle.equals(handle)).findFirst();
    }

    Optional<Entry> byProof(String proof) {
        return entries.stream().filter(entry -> entry.proof.equals(proof)).findFirst();
    }

    static String run(JSONObject caller) {
        return caller.getString("sub") + " " + caller.get("build_number");
    }

    private static String random(int octets) {
        byte[] bytes = new byte[octets];
        RANDOM.nextBytes(bytes);
        return base64(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String base64(JSONObject json) {
        return base64(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** One token. */
    static final class Entry {
        final String run;
        final String proof;
        final String txn;
        final String handle;
        final String token;
        final JSONArray details;
        final Instant expires;
        final Optional<Duration> lease;
        private final String challenge;
        private Instant deadline;
        private boolean closed;

        private Entry(
                String run,
                String proof,
                String txn,
                JSONArray details,
                Instant expires,
                Optional<Duration> lease,
                String challenge,
                String handle) {
            this.run = run;
            this.handle = handle;
            this.proof = proof;
            this.txn = txn;
            this.details = details;
            this.expires = expires;
            this.lease = lease;
            this.challenge = challenge;
            this.deadline = lease.map(Instant.now()::plus).orElse(expires);
            this.token = jwt();
        }

        private String jwt() {
            var header = new JSONObject()
                    .element("typ", "at+jwt")
                    .element("alg", "ES256")
                    .element("kid", random(32));
            var payload = new JSONObject()
                    .element("jti", handle)
                    .element("txn", txn)
                    .element("exp", expires.getEpochSecond())
                    .element("policy", new JSONObject().element("version", 1).element("hash", "4be1" + random(40)));
            return base64(header) + "." + base64(payload) + "." + random(64);
        }

        private static String challengeOf(String verifier) {
            try {
                return base64(
                        MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
            } catch (NoSuchAlgorithmException everyJavaHasIt) {
                throw new AssertionError(everyJavaHasIt);
            }
        }

        synchronized Standing standing() {
            Instant now = Instant.now();
            if (closed) {
                return Standing.CLOSED;
            }
            return !now.isBefore(expires)
                    ? Standing.EXPIRED
                    : !now.isBefore(deadline) ? Standing.LAPSED : Standing.ALIVE;
        }

        synchronized boolean renew(String verifier) {
            boolean alive =
                    standing() == Standing.ALIVE && challengeOf(verifier).equals(challenge);
            if (alive) {
                deadline = Instant.now().plus(lease.orElseThrow());
            }
            return alive;
        }

        synchronized void close() {
            closed |= standing() == Standing.ALIVE;
        }
    }

    /** What a resource server would hear of a token. */
    enum Standing {
        ALIVE,
        CLOSED,
        LAPSED,
        EXPIRED
    }
}
