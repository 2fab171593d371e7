// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.digest.Sha256;
import io.taskbound.policy.TokenType;
import org.junit.jupiter.api.Test;

class ProvenTextsTest {
    private final LocalSigner signer = LocalSigner.generate();
    private final TaskTokenVerifier verifier = new TaskTokenVerifier(SampleClaims.ISSUER, signer.publicKeys());

    private String token() throws SignerUnavailable {
        return TaskToken.sign(SampleClaims.of(TokenType.AT_JWT), signer).reveal();
    }

    private static String changed(String token) {
        int first = token.lastIndexOf('.') + 1;
        return token.substring(0, first) + (token.charAt(first) == 'A' ? 'B' : 'A') + token.substring(first + 1);
    }

    private boolean isRemembered(String token) {
        return verifier.read(token).orElseThrow().isProvenAlready();
    }

    @Test
    void rememberATokenOnceItIsProven() throws Exception {
        var token = token();
        assertThat(isRemembered(token)).isFalse();

        assertThat(verifier.verify(token)).isPresent();

        assertThat(isRemembered(token)).isTrue();
        assertThat(verifier.verify(token)).isPresent();
    }

    @Test
    void doNotTakeAnotherSignatureForTheProvenOne() throws Exception {
        var token = token();
        assertThat(verifier.verify(token)).isPresent();

        assertThat(verifier.verify(changed(token))).isEmpty();
        assertThat(isRemembered(changed(token))).isFalse();
    }

    @Test
    void belongToOneSetOfKeys() throws Exception {
        var token = token();
        assertThat(verifier.verify(token)).isPresent();
        var stranger = new TaskTokenVerifier(
                SampleClaims.ISSUER, LocalSigner.generate().publicKeys());

        assertThat(stranger.verify(token)).isEmpty();
    }

    @Test
    void forgetTheLeastRecentlySeenFirst() {
        var proven = new VerifiedTokenCache();
        for (int i = 0; i < VerifiedTokenCache.MOST; i++) {
            proven.add(Sha256.of("token " + i));
        }
        assertThat(proven.include(Sha256.of("token 0"))).isTrue();

        proven.add(Sha256.of("one more"));

        assertThat(proven.include(Sha256.of("token 0"))).isTrue();
        assertThat(proven.include(Sha256.of("token 1"))).isFalse();
        assertThat(proven.include(Sha256.of("one more"))).isTrue();
    }
}
