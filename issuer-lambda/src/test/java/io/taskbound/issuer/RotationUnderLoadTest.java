// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.KeyStore;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.local.EmbeddedDynamo;
import io.taskbound.token.Es256PublicKey;
import io.taskbound.token.KeyFactory;
import io.taskbound.token.KeyRecord;
import io.taskbound.token.LocalSigner;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.TaskSigner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Hours of an issuer with several instances, 50 signatures a second, through two rotations and the hiccups between
 * them: the clock is turned, nothing waits. Each instance follows only when a request reaches it, and clocks differ by
 * up to 30 s. A service keeps the JWK Set of whatever instance it has asked for 5 min, and must verify every token with
 * it.
 */
class RotationUnderLoadTest {
    private static final Instant BEGIN = Instant.parse("2026-11-23T10:00:00Z");
    /** Past the last day of the second key. */
    private static final int SECONDS = 11_700;

    private static final int STEP = 15;
    private static final int INSTANCES = 6;
    private static final int TOKENS_A_SECOND = 50;
    private static final Duration CACHE = Duration.ofMinutes(5);
    private static final Duration LONGEST_LIFE = Duration.ofHours(1);
    private final Random random = new Random(20261123);
    private final Map<String, TaskSigner> privateHalves = new HashMap<>();
    private final LocalSigner deployed = kept(LocalSigner.generate());
    private boolean tableIsAway;

    private LocalSigner kept(LocalSigner signer) {
        privateHalves.put(signer.keyId(), signer);
        return signer;
    }

    private KeyFactory.NewKey made(LocalSigner signer) {
        return new KeyFactory.NewKey(kept(signer), new KeyRecord.KeyLocation.InKms("arn"));
    }

    /** One running copy of the issuer, with a clock of its own. */
    private record Instance(KeyRing keys, Duration off) {}

    private record Signed(String kid, String input, String signature, Instant until) {}

    @Test
    void everyTokenVerifiesByACachedSetForItsWholeLifeAndNoneIsLost() throws SignerUnavailable {
        try (var dynamo = EmbeddedDynamo.inMemory()) {
            LedgerTable.create(dynamo.client(), "taskbound");
            var store = new KeyStore(new DynamoTable(dynamo.client(), "taskbound"));
            var rotation = new KeyRotation(
                    store, () -> made(LocalSigner.generate()), Optional.of(made(deployed)), "arn:rotator");
            var instances = instances(store);
            var kids = new HashSet<String>();
            var living = new ArrayList<Signed>();
            var service = new CachingService();
            int signed = 0;

            for (int second = 0; second < SECONDS; second += STEP) {
                var now = BEGIN.plusSeconds(second);
                if (second == 600 || second == 6_000) {
                    assertThat(rotation.rotate(Duration.ofMinutes(10), Duration.ZERO, now))
                            .isInstanceOf(KeyRotation.Outcome.Changed.class);
                }
                // The table is away just when the keys change hands.
                tableIsAway = second > 1_150 && second < 1_300;
                // All look for the key that signs; signing itself is done once in a step and with each new key.
                for (int each = 0; each < TOKENS_A_SECOND; each++) {
                    var instance = instances.get(random.nextInt(INSTANCES));
                    instance.keys().follow(now.plus(instance.off()));
                    var signer = instance.keys().signing();
                    signed++;
                    if (kids.add(signer.keyId()) || each == 0) {
                        living.add(sign(signer, now.plus(LONGEST_LIFE)));
                    }
                }
                living.removeIf(token -> !now.isBefore(token.until()));
                service.verifyAll(living, instances, now, random);
            }

            assertThat(kids).hasSize(3);
            assertThat(signed).isEqualTo(SECONDS / STEP * TOKENS_A_SECOND);
            assertThat(service.verified).isGreaterThan(50_000);
        }
    }

    private List<Instance> instances(KeyStore store) throws SignerUnavailable {
        var instances = new ArrayList<Instance>();
        for (int i = 0; i < INSTANCES; i++) {
            var off = Duration.ofSeconds(random.nextInt(61) - 30);
            instances.add(new Instance(
                    KeyRing.open(
                            read(store),
                            () -> read(store),
                            key -> privateHalves.getOrDefault(key.keyId(), deployed),
                            Optional.of(deployed),
                            line -> {},
                            BEGIN.plus(off)),
                    off));
        }
        return instances;
    }

    private KeyStore.Keys read(KeyStore store) {
        if (tableIsAway) {
            throw new LedgerUnavailable("away for the test");
        }
        return store.read();
    }

    private static Signed sign(TaskSigner signer, Instant until) throws SignerUnavailable {
        var input = "token of " + until;
        var signature = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(signer.sign(input.getBytes(StandardCharsets.UTF_8)));
        return new Signed(signer.keyId(), input, signature, until);
    }

    /**
     * Fetches the set from any instance, keeps it for as long as a cache may, and never asks because of an unknown key.
     */
    private static final class CachingService {
        private Instant keptUntil = Instant.MIN;
        private final Map<String, Es256PublicKey> keys = new HashMap<>();
        private final HashSet<Signed> proven = new HashSet<>();
        int verified;

        void verifyAll(List<Signed> living, List<Instance> instances, Instant now, Random random) {
            if (!now.isBefore(keptUntil)) {
                fetch(instances.get(random.nextInt(INSTANCES)), now);
            }
            for (var token : living) {
                assertThat(keys).as("keys at %s", now).containsKey(token.kid());
                // The signature itself once; that its key is known, each time.
                if (proven.add(token)) {
                    assertThat(keys.get(token.kid())
                                    .verifies(token.input().getBytes(StandardCharsets.UTF_8), token.signature()))
                            .isTrue();
                }
                verified++;
            }
        }

        private void fetch(Instance instance, Instant now) {
            instance.keys().follow(now.plus(instance.off()));
            keys.clear();
            for (var key :
                    instance.keys().published().array("keys").orElseThrow().items()) {
                var jwk = (JsonObject) key;
                var one = JsonObject.builder()
                        .put("keys", new JsonArray(List.of(jwk)))
                        .build();
                keys.put(jwk.string("kid").orElseThrow(), Es256PublicKey.of(one));
            }
            keptUntil = now.plus(CACHE);
        }
    }
}
