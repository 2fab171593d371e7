// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import java.io.File;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The other provider of ES256 signs what the JDK verifies, and accepts and refuses exactly what the JDK does. */
class Es256ProviderTest {
    private static final JWSHeader ES256 = new JWSHeader(JWSAlgorithm.ES256);
    private static final byte[] TEXT = "header.payload".getBytes(US_ASCII);
    private static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    @TempDir
    private Path folder;

    private final ECKey key = LocalSigner.newKey();

    private static Optional<Provider> loaded = Optional.empty();

    /** Its library is for Linux on x86-64. */
    @BeforeAll
    static void load() {
        if (System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64")) {
            var jar = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .filter(path -> path.contains("AmazonCorrettoCryptoProvider"))
                    .findFirst()
                    .orElseThrow();
            loaded = Optional.of(Es256Provider.load(Path.of(jar)).orElseThrow());
        }
    }

    private static Optional<Provider> provider() {
        assumeTrue(loaded.isPresent(), "another system");
        return loaded;
    }

    private byte[] signed(Optional<Provider> by) throws JOSEException {
        var signer = new ECDSASigner(key);
        signer.getJCAContext().setSecureRandom(new SecureRandom());
        by.ifPresent(signer.getJCAContext()::setProvider);
        return signer.sign(ES256, TEXT).decode();
    }

    private boolean verified(byte[] signature, Optional<Provider> by) {
        try {
            var verifier = new ECDSAVerifier(key.toPublicJWK());
            by.ifPresent(verifier.getJCAContext()::setProvider);
            return verifier.verify(ES256, TEXT, Base64URL.encode(signature));
        } catch (JOSEException refused) {
            return false;
        }
    }

    @Test
    void eachVerifiesWhatTheOtherHasSigned() throws Exception {
        var other = provider();
        assertThat(verified(signed(other), Optional.empty())).isTrue();
        assertThat(verified(signed(Optional.empty()), other)).isTrue();
    }

    @Test
    void neverSignsTwiceWithOneNonce() throws Exception {
        var other = provider();
        var halves = new HashSet<String>();
        for (int i = 0; i < 1_000; i++) {
            halves.add(Arrays.toString(Arrays.copyOf(signed(other), 32)));
        }
        assertThat(halves).hasSize(1_000);
    }

    /** Zeros, numbers from the order on, other lengths, single bits: what attacks on ECDSA are made of. */
    @Test
    void acceptsAndRefusesWhatTheJdkDoes() throws Exception {
        var other = provider();
        var good = signed(Optional.empty());
        for (var signature : changed(good)) {
            assertThat(verified(signature, other))
                    .as(Arrays.toString(signature))
                    .isEqualTo(verified(signature, Optional.empty()));
        }
        assertThat(verified(good, other)).isTrue();
        assertThat(verified(changed(good).get(0), other)).isFalse();
    }

    private static List<byte[]> changed(byte[] good) {
        var changed = new ArrayList<byte[]>();
        var r = new BigInteger(1, Arrays.copyOf(good, 32));
        var s = new BigInteger(1, Arrays.copyOfRange(good, 32, 64));
        var numbers = List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                ORDER.subtract(BigInteger.ONE),
                ORDER,
                ORDER.add(BigInteger.ONE),
                BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE),
                r,
                s,
                ORDER.subtract(s),
                ORDER.subtract(r));
        numbers.forEach(first -> numbers.forEach(second -> changed.add(joined(first, second))));
        for (int length : new int[] {0, 1, 32, 63, 65, 128}) {
            changed.add(Arrays.copyOf(good, length));
        }
        var random = new Random(20261201);
        for (int i = 0; i < 512; i++) {
            var flipped = good.clone();
            flipped[i / 8] ^= (byte) (1 << (i % 8));
            changed.add(flipped);
        }
        for (int i = 0; i < 200; i++) {
            var noise = new byte[64];
            random.nextBytes(noise);
            changed.add(noise);
        }
        return changed;
    }

    private static byte[] joined(BigInteger r, BigInteger s) {
        var both = new byte[64];
        put(r, both, 32);
        put(s, both, 64);
        return both;
    }

    private static void put(BigInteger number, byte[] into, int end) {
        for (int i = 0; i < 32; i++) {
            into[end - 1 - i] = number.shiftRight(8 * i).byteValue();
        }
    }

    @Test
    void leavesItToTheJdkWhereTheJarCannotBeUsed() throws IOException {
        assertThat(Es256Provider.load(folder.resolve("absent.jar"))).isEmpty();
        assertThat(Es256Provider.load(Files.writeString(folder.resolve("broken.jar"), "not a jar")))
                .isEmpty();
    }
}
