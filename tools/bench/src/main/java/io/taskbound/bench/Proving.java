// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.taskbound.digest.Base64Url;
import io.taskbound.digest.Sha256;
import io.taskbound.dpop.BadProof;
import io.taskbound.dpop.Proof;
import io.taskbound.dpop.ProofReader;
import io.taskbound.dpop.ProofText;
import io.taskbound.dpop.RequestUrl;
import io.taskbound.token.KeyThumbprint;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What the issuer does with a proof of a key, all but the ledger, beside the one signature in it. */
@State(Scope.Benchmark)
public class Proving {
    private static final int PROOFS = 64;
    /** Counted, because on a busy machine a time would end before the JIT has compiled what is measured. */
    private static final int WARM_UP = 10_000;

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String URL = "https://signer.acme.example/sign";
    /** As long as a task token. */
    private static final String TOKEN = "t".repeat(1_300);

    private static final Duration MAX_AGE = Duration.ofSeconds(60);

    private final List<ProofText> proofs = new ArrayList<>();
    private final List<RawCrypto.Signed> signatures = new ArrayList<>();
    private final RequestUrl url = RequestUrl.of(URL).orElseThrow();
    private List<PublicKey> keys = List.of();
    private KeyThumbprint boundTo = new KeyThumbprint("A".repeat(43));
    private int turn;

    @Setup
    public void start(Blackhole hole) throws Exception {
        var key = new ECKeyGenerator(Curve.P_256).generate();
        boundTo = new KeyThumbprint(key.computeThumbprint().toString());
        keys = List.of(key.toPublicKey());
        for (int i = 0; i < PROOFS; i++) {
            var proof = proof(key, i);
            proofs.add(new ProofText(proof));
            signatures.add(RawCrypto.Signed.of(proof));
        }
        for (int i = 0; i < WARM_UP; i++) {
            hole.consume(floor());
            hole.consume(check());
        }
    }

    private static String proof(ECKey key, int number) throws JOSEException {
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("dpop+jwt"))
                .jwk(key.toPublicJWK())
                .build();
        var claims = Map.<String, Object>of(
                "jti",
                "zYw1pV6rGJ8oN0n7bM2k" + number,
                "htm",
                "POST",
                "htu",
                URL,
                "iat",
                NOW.getEpochSecond(),
                "nonce",
                "kJ8m1pV6rGJ8oN0n7bM2k3",
                "ath",
                Base64Url.encode(Sha256.of(TOKEN)));
        var proof = new JWSObject(header, new Payload(claims));
        proof.sign(new ECDSASigner(key));
        return proof.serialize();
    }

    @Benchmark
    public boolean floor() throws GeneralSecurityException {
        return RawCrypto.verifyEs256(keys.get(0), signatures.get(turn++ % PROOFS));
    }

    /** Read, its signature checked, and compared with request, time, key and token. */
    @Benchmark
    public Proof check() {
        if (ProofReader.read(proofs.get(turn++ % PROOFS)) instanceof Proof proof) {
            Optional<BadProof> fault =
                    proof.faultFor("POST", url, MAX_AGE, NOW).or(() -> proof.faultForToken(TOKEN, boundTo));
            if (fault.isEmpty()) {
                return proof;
            }
        }
        throw new IllegalStateException("a proof is not accepted");
    }
}
