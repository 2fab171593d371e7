// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PartTest {
    @Test
    void theFrameNearestToTheLeafNamesThePart() {
        assertThat(Part.of(List.of("io.taskbound.json.JsonText", "io.taskbound.audit.AuditLine")))
                .isEqualTo(Part.JSON);
        assertThat(Part.of(List.of("io.taskbound.audit.AuditLine", "io.taskbound.json.JsonText")))
                .isEqualTo(Part.AUDIT);
    }

    @Test
    void whatTheSdksSignerHashesIsTheSdks() {
        assertThat(Part.of(List.of(
                        "sun.security.provider.SHA2",
                        "javax.crypto.Mac",
                        "software.amazon.awssdk.http.auth.aws.internal.signer.V4RequestSigningResult",
                        "software.amazon.awssdk.core.internal.http.AmazonSyncHttpClient",
                        "io.taskbound.ledger.DynamoTable")))
                .isEqualTo(Part.SDK);
    }

    @Test
    void theClientBelowTheSdkIsNotTheSdk() {
        assertThat(Part.of(List.of(
                        "sun.nio.ch.SocketDispatcher",
                        "org.apache.hc.core5.http.impl.io.SessionOutputBufferImpl",
                        "software.amazon.awssdk.http.apache5.Apache5HttpClient",
                        "software.amazon.awssdk.core.internal.http.AmazonSyncHttpClient")))
                .isEqualTo(Part.SDK_HTTP);
    }

    @Test
    void signaturesAreToldApartWhoeverComputesThem() {
        assertThat(Part.of(List.of("sun.security.ec.ECOperations", "java.security.Signature")))
                .isEqualTo(Part.ES256);
        assertThat(Part.of(List.of(
                        "com.amazon.corretto.crypto.provider.EvpSignature",
                        "java.security.Signature",
                        "io.taskbound.token.LocalSigner")))
                .isEqualTo(Part.ES256);
        assertThat(Part.of(List.of("java.math.BigInteger", "sun.security.rsa.RSACore")))
                .isEqualTo(Part.RS256);
        assertThat(Part.of(List.of(
                        "com.amazon.corretto.crypto.provider.EvpSignature",
                        "java.security.Signature",
                        "io.taskbound.identity.VerificationKey")))
                .isEqualTo(Part.RS256);
    }

    @Test
    void theLinesThatArePrintedAreAuditAndMetrics() {
        assertThat(Part.of(List.of(
                        "java.io.FileOutputStream",
                        "java.io.PrintStream",
                        "com.amazonaws.services.lambda.runtime.api.client.util.LambdaOutputStream",
                        "java.io.PrintStream")))
                .isEqualTo(Part.AUDIT);
    }

    @Test
    void aStackThatNamesNoneIsTheRest() {
        assertThat(Part.of(List.of("java.lang.Thread"))).isEqualTo(Part.REST);
        assertThat(Part.of(List.of())).isEqualTo(Part.REST);
    }

    @Test
    void sharesAreOfAllSamples() {
        var shares = new Shares();
        shares.add(List.of("io.taskbound.json.JsonText"));
        shares.add(List.of("io.taskbound.json.JsonText"));
        shares.add(List.of("java.lang.Thread"));
        shares.add(List.of());
        assertThat(shares.samples()).isEqualTo(4);
        assertThat(shares.share(Part.JSON)).isEqualTo(0.5);
        assertThat(shares.share(Part.REST)).isEqualTo(0.5);
        assertThat(shares.share(Part.SDK)).isZero();
        assertThat(shares.mostOfTheRest(5)).containsExactlyInAnyOrder("java.lang.Thread (1)", "no Java frame (1)");
    }
}
