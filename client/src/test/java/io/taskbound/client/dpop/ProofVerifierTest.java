// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.dpop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.nimbusds.jose.util.Base64URL;
import io.taskbound.client.TaskToken;
import io.taskbound.client.Vectors;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProofVerifierTest {
    private static final Vectors FILE = Vectors.read("dpop.json");
    private static final TaskToken TOKEN = TaskToken.of(FILE.text("token"));
    private static final URI URL = URI.create(FILE.text("url"));
    private static final Instant NOW = Instant.ofEpochSecond(FILE.whole("now"));

    /** A clock that moves when a test says so. */
    private static final class Watch extends Clock {
        private Instant now = NOW;

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final Watch clock = new Watch();
    private final ProofKey key = ProofKey.create(clock);
    private final ProofVerifier verifier = ProofVerifier.create(clock);

    static Stream<Arguments> vectors() {
        return FILE.cases("vectors");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void agreesWithTheContract(Map<String, Object> vector) {
        var proof = (String) vector.get("proof");
        // What the type itself refuses is no proof either.
        var fault = proof.isEmpty() || proof.length() > 8 * 1024
                ? Optional.of(ProofFault.FORM)
                : verifier.fault(new PresentedProof(proof, FILE.text("method"), URL), TOKEN, FILE.text("bound_to"));

        assertThat(fault.map(broken -> broken.name().toLowerCase(Locale.ROOT)))
                .isEqualTo(Optional.ofNullable(vector.get("breaks")));
    }

    @Test
    void agreesWithTheContractOnUrls() {
        for (var urls : FILE.objects("urls")) {
            var first = RequestUrl.of((String) urls.get("a"));
            assertThat(first).isPresent();
            assertThat(first.equals(RequestUrl.of((String) urls.get("b"))))
                    .as("%s", urls)
                    .isEqualTo(urls.get("same"));
        }
        assertThat(FILE.texts("not_urls"))
                .isNotEmpty()
                .allSatisfy(text -> assertThat(RequestUrl.of(text)).isEmpty());
    }

    private PresentedProof proof() {
        return new PresentedProof(key.proof("POST", URL, Optional.empty(), TOKEN), "POST", URL);
    }

    private Optional<ProofFault> fault(PresentedProof proof) {
        return verifier.fault(proof, TOKEN, key.thumbprint());
    }

    @Test
    void aProofIsGoodOnceUntilItIsTooOldAnyway() {
        var proof = proof();

        assertThat(fault(proof)).isEmpty();
        assertThat(fault(proof)).contains(ProofFault.REPLAYED);
        clock.pass(Duration.ofSeconds(60));
        assertThat(fault(proof)).contains(ProofFault.REPLAYED);
        clock.pass(Duration.ofSeconds(1));
        assertThat(fault(proof)).contains(ProofFault.TIME);
    }

    /** It is good for 90 seconds in all. */
    @Test
    void aProofOfAClockThatIsAheadIsGoodOnceToo() {
        var ahead = ProofKey.create(Clock.offset(clock, Duration.ofSeconds(30)));
        var proof = new PresentedProof(ahead.proof("POST", URL, Optional.empty(), TOKEN), "POST", URL);

        assertThat(verifier.fault(proof, TOKEN, ahead.thumbprint())).isEmpty();
        clock.pass(Duration.ofSeconds(90));
        assertThat(verifier.fault(proof, TOKEN, ahead.thumbprint())).contains(ProofFault.REPLAYED);
        clock.pass(Duration.ofSeconds(1));
        assertThat(verifier.fault(proof, TOKEN, ahead.thumbprint())).contains(ProofFault.TIME);
    }

    @Test
    void aBadProofIsNotUsedUp() {
        var proof = proof();
        var elsewhere = new PresentedProof(proof.jwt(), "POST", URI.create("https://other.example/"));

        assertThat(fault(elsewhere)).contains(ProofFault.REQUEST);
        assertThat(fault(proof)).isEmpty();
    }

    @Test
    void whenItsMemoryIsFullNothingIsLetInUntilTheOldestIsForgotten() {
        var small = ProofVerifier.remembering(2, clock);
        assertThat(small.fault(proof(), TOKEN, key.thumbprint())).isEmpty();
        clock.pass(Duration.ofSeconds(30));
        assertThat(small.fault(proof(), TOKEN, key.thumbprint())).isEmpty();

        assertThat(small.fault(proof(), TOKEN, key.thumbprint())).contains(ProofFault.TOO_MANY);
        clock.pass(Duration.ofSeconds(60));
        assertThat(small.fault(proof(), TOKEN, key.thumbprint())).contains(ProofFault.TOO_MANY);
        clock.pass(Duration.ofMillis(1));
        assertThat(small.fault(proof(), TOKEN, key.thumbprint())).isEmpty();
    }

    @Test
    void ofRacingRequestsOneIsLetIn() throws Exception {
        var proof = proof();
        var threads = Executors.newFixedThreadPool(8);
        try {
            var asked = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 64; i++) {
                asked.add(() -> fault(proof).isEmpty());
            }
            int let = 0;
            for (var answer : threads.invokeAll(asked)) {
                let += answer.get() ? 1 : 0;
            }
            assertThat(let).isEqualTo(1);
        } finally {
            threads.shutdown();
        }
    }

    /** The parser behind it is lenient, so what it makes of odd JSON must not break out. */
    @Test
    void neverThrowsWhateverTheJsonIs() {
        var random = new SplittableRandom(9449);
        var parts = proof().jwt().split("\\.");
        var header = new Base64URL(parts[0]).decodeToString();
        for (int round = 0; round < 20_000; round++) {
            var text = new StringBuilder(header);
            for (int change = random.nextInt(1, 4); change > 0; change--) {
                int at = random.nextInt(text.length());
                text.setCharAt(at, "{}[]\"\\':,x0 ".charAt(random.nextInt(12)));
            }
            var jwt = Base64URL.encode(text.toString()) + "." + parts[1] + "." + parts[2];
            assertThatCode(() -> fault(new PresentedProof(jwt, "POST", URL)))
                    .as(text.toString())
                    .doesNotThrowAnyException();
        }
    }
}
