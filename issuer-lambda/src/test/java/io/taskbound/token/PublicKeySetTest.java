// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicKeySetTest {
    private static final String KEY =
            JsonText.of(PublicKeySet.of(LocalSigner.newKey().toPublicJWK())
                    .array("keys")
                    .orElseThrow()
                    .items()
                    .get(0));

    /** The library is the oracle, many keys long, since a coordinate may begin with zeros. */
    @Test
    void namesAKeyAsTheLibraryDoesAndReadsItBack() throws JOSEException {
        for (int i = 0; i < 300; i++) {
            var key = LocalSigner.newKey().toPublicJWK();
            var written =
                    PublicKeySet.of(key).array("keys").orElseThrow().items().get(0);
            var read = PublicKeySet.key(written);

            assertThat(PublicKeySet.keyId(key))
                    .isEqualTo(key.computeThumbprint().toString());
            assertThat(read.toECPublicKey()).isEqualTo(key.toECPublicKey());
            assertThat(read.getKeyID()).isEqualTo(PublicKeySet.keyId(key));
        }
    }

    @ParameterizedTest
    @CsvSource({"EC,RSA", "P-256,P-384", "\"kid\",\"id\"", "\"x\",\"z\"", "\"y\":\",\"y\":\"AA"})
    void readsNoOtherKindOfKey(String found, String instead) throws MalformedJson {
        assertThat(KEY).contains(found);
        var other = StrictJson.parse(KEY.replace(found, instead).getBytes(UTF_8));

        assertThatThrownBy(() -> PublicKeySet.key(other)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "EC"})
    void readsNothingThatIsNoObject(String text) {
        assertThatThrownBy(() -> PublicKeySet.key(new JsonString(text))).isInstanceOf(IllegalArgumentException.class);
    }
}
