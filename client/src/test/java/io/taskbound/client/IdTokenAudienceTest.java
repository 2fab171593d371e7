// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An ID token that is for somebody else leaves this machine on no way. */
class IdTokenAudienceTest {
    private static final Vectors FILE = Vectors.read("id-token-audience.json");

    private final List<TransportRequest> sent = new ArrayList<>();

    static Stream<Arguments> cases() {
        return FILE.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isSentOnlyToWhomItIsFor(Map<String, Object> vector) {
        IssuerClient.Builder builder =
                IssuerClient.builder(IssuerUrl.of((String) vector.getOrDefault("issuer", FILE.text("issuer"))));
        Vectors.texts(vector.get("named")).forEach(builder::idTokenAudience);
        IssuerClient client = builder.transport(this::refuse).build();

        Optional<Outage> outage = "close".equals(vector.get("to"))
                ? outage(client.close(idToken(vector), TokensToClose.allOfJob()))
                : outage(client.mint(idToken(vector), request()));

        assertThat(sent.isEmpty()).as("nothing was sent").isNotEqualTo(vector.get("sent"));
        assertThat(outage.map(Outage::sentence).orElse(null)).isEqualTo(vector.get("why"));
        outage.ifPresent(why -> {
            assertThat(why.kind()).isEqualTo(Outage.Kind.NOT_SENT);
            assertThat(why.mayHaveArrived()).isFalse();
            assertThat(why.tries()).isZero();
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aDryRunIsNoWayAroundIt(Map<String, Object> vector) {
        if (vector.containsKey("to")) {
            return;
        }
        IssuerClient.Builder builder =
                IssuerClient.builder(IssuerUrl.of((String) vector.getOrDefault("issuer", FILE.text("issuer"))));
        Vectors.texts(vector.get("named")).forEach(builder::idTokenAudience);
        var unused = builder.transport(this::refuse).build().dryRun(idToken(vector), request());
        assertThat(sent.isEmpty()).isNotEqualTo(vector.get("sent"));
    }

    @Test
    void noTokenCanHaveBeenLeftByWhatWasNotSent() {
        MintAnswer answer = IssuerClient.builder(IssuerUrl.of("https://tokens.mallory.example"))
                .transport(this::refuse)
                .build()
                .mint(Samples.idToken(), Samples.request());
        assertThat(answer.mayHaveLeftAToken()).isFalse();
    }

    private TransportAnswer refuse(TransportRequest request) {
        sent.add(request);
        return new TransportAnswer(400, Map.of(), "{\"error\":\"invalid_request\"}".getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Outage> outage(MintAnswer answer) {
        return answer instanceof MintAnswer.Unavailable none ? Optional.of(none.outage()) : Optional.empty();
    }

    private static Optional<Outage> outage(CloseAnswer answer) {
        return answer instanceof CloseAnswer.Unavailable none ? Optional.of(none.outage()) : Optional.empty();
    }

    private static TaskRequest request() {
        return Samples.request().withTxn(UUID.fromString(FILE.text("txn")));
    }

    private static IdToken idToken(Map<String, Object> vector) {
        if (vector.get("id_token") instanceof String whole) {
            return IdToken.of(whole);
        }
        String payload = vector.get("payload") instanceof String text
                ? text
                : JSONObjectUtils.toJSONString(Vectors.object(vector.get("claims")));
        return IdToken.of("e30." + Base64URL.encode(payload) + ".c2ln");
    }
}
