// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.client.CloseOutcome;
import io.taskbound.client.GrantedToken;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.Outage;
import io.taskbound.client.Refusal;
import io.taskbound.client.Samples;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.Vectors;
import io.taskbound.client.credential.Credential;
import io.taskbound.client.credential.CredentialKind;
import io.taskbound.client.credential.CredentialReader;
import io.taskbound.client.credential.UnusableCredential;
import io.taskbound.client.internal.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class StepTextTest {
    private static final Vectors FILE = Vectors.read("messages.json");

    static Stream<Arguments> cases() {
        return FILE.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsAsTheVectorSays(Map<String, Object> vector) {
        assertThat(text(vector)).isEqualTo(String.join("\n", Vectors.texts(vector.get("text"))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isPrintableAsciiAndSaysWhoSpeaks(Map<String, Object> vector) {
        assertThat(text(vector).split("\n", -1))
                .allSatisfy(line -> assertThat(line).matches("taskbound: [ -~]+"));
    }

    @ParameterizedTest
    @EnumSource(ClosedBy.class)
    void knowsEveryWayToBeClosed(ClosedBy by) {
        assertThat(FILE.cases().map(one -> payload(one).get("by"))).contains(by.wire());
    }

    private static Map<String, Object> payload(Arguments one) {
        return Vectors.object(((Named<?>) one.get()[0]).getPayload());
    }

    private static String text(Map<String, Object> vector) {
        return switch ((String) vector.get("kind")) {
            case "granted" -> StepText.granted(granted(vector));
            case "would_grant" -> StepText.wouldGrant();
            case "closed" -> StepText.ended(new CloseOutcome.Closed(handle(vector)), by(vector), lived(vector));
            case "already_dead" ->
                StepText.ended(new CloseOutcome.AlreadyDead(handle(vector)), ClosedBy.STEP, Optional.empty());
            case "close_failed" ->
                StepText.ended(
                        new CloseOutcome.Failed(handle(vector), expiresAt(vector), (String) vector.get("why")),
                        ClosedBy.STEP,
                        Optional.empty());
            case "lost" ->
                StepText.lost(
                        handle(vector), new Refusal((String) vector.get("code"), Optional.empty(), Optional.empty()));
            case "missed" -> StepText.missed(handle(vector), outage(vector, 1));
            case "unavailable" ->
                StepText.unavailable(
                        IssuerUrl.of((String) vector.get("issuer")),
                        outage(vector, ((Number) vector.get("tries")).intValue()),
                        (Boolean) vector.get("command"));
            case "delivered" -> StepText.delivered(credential(vector));
            case "not_delivered" ->
                StepText.notDelivered(
                        new Refusal(
                                (String) vector.get("code"),
                                Optional.ofNullable((String) vector.get("description")),
                                Optional.ofNullable((String) vector.get("request_id"))),
                        true);
            case "not_delivered_now" -> StepText.notDelivered(outage(vector, 4), true);
            case "not_refreshed" -> StepText.notRefreshed(credential(vector), (String) vector.get("why"));
            case "injected" -> StepText.injected((String) vector.get("service"), (Boolean) vector.get("bound"));
            case "not_injected" -> StepText.notInjected((String) vector.get("credential_kind"));
            default -> throw new AssertionError("no such kind: " + vector.get("kind"));
        };
    }

    private static GrantedToken granted(Map<String, Object> vector) {
        List<TaskDetail> details = Vectors.objects(vector.get("details")).stream()
                .map(detail -> new TaskDetail(
                        (String) detail.get("task"),
                        Vectors.texts(detail.get("actions")),
                        Vectors.texts(detail.get("locations")),
                        (String) detail.get("identifier")))
                .toList();
        Optional<Duration> lease = Optional.ofNullable((Number) vector.get("lease_seconds"))
                .map(seconds -> Duration.ofSeconds(seconds.longValue()));
        // A fraction of a second, which must not be shown.
        Instant expiresAt = expiresAt(vector).plusMillis(999);
        return Samples.granted(handle(vector), expiresAt, lease, details);
    }

    private static Credential credential(Map<String, Object> vector) {
        var body = Vectors.object(vector.get("credential"));
        try {
            return CredentialReader.read(
                    JsonObject.of(body),
                    CredentialKind.of((String) body.get("kind")).orElseThrow());
        } catch (UnusableCredential fault) {
            throw new AssertionError(fault);
        }
    }

    private static String handle(Map<String, Object> vector) {
        return (String) vector.get("handle");
    }

    private static Instant expiresAt(Map<String, Object> vector) {
        return Instant.parse((String) vector.get("expires_at"));
    }

    private static ClosedBy by(Map<String, Object> vector) {
        return Stream.of(ClosedBy.values())
                .filter(by -> by.wire().equals(vector.get("by")))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<Duration> lived(Map<String, Object> vector) {
        return Optional.ofNullable((Number) vector.get("lived_ms")).map(lived -> Duration.ofMillis(lived.longValue()));
    }

    private static Outage outage(Map<String, Object> vector, int tries) {
        return new Outage(
                Outage.Kind.valueOf((String) vector.getOrDefault("outage", "UNREACHABLE")),
                (String) vector.get("why"),
                Optional.empty(),
                Optional.ofNullable((String) vector.get("request_id")),
                tries,
                false);
    }
}
