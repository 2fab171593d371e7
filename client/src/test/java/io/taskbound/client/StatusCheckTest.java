// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static io.taskbound.client.IssuerStandIn.coded;
import static io.taskbound.client.IssuerStandIn.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of a server with {@code checks: status}: verified, and looked up in the issuer's list. */
class StatusCheckTest {
    private static final int ENDED = 77_003;

    private final TestClock clock = new TestClock();
    private final IssuerStandIn issuer = new IssuerStandIn();
    private final TokenForge forge = new TokenForge(issuer.url(), "kid-1");
    private final String address = issuer.url() + "/status/498730.0";
    private final TaskVerifier verifier = TaskVerifier.builder(IssuerUrl.of(issuer.url()), TokenForge.AUDIENCE)
            .clock(clock)
            .sleeper(pause -> {})
            .build();

    @BeforeEach
    void publish() {
        issuer.playing(json(200, forge.jwks()), list(list()));
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private String token(long index, String uri) {
        var claims = forge.claims();
        claims.put("status", Map.of("status_list", Map.of("idx", index, "uri", uri)));
        return forge.signed(claims);
    }

    private Map<String, Object> listClaims() {
        long now = clock.instant().getEpochSecond();
        var bits = new byte[(1 << 20) / 8];
        bits[ENDED / 8] |= (byte) (1 << ENDED % 8);
        var claims = new HashMap<String, Object>();
        claims.put("iss", issuer.url());
        claims.put("sub", address);
        claims.put("iat", now);
        claims.put("exp", now + 120);
        claims.put("ttl", 60);
        claims.put("status_list", Map.of("bits", 1, "lst", deflated(bits)));
        return claims;
    }

    private static String deflated(byte[] bits) {
        var deflater = new Deflater();
        deflater.setInput(bits);
        deflater.finish();
        var out = new ByteArrayOutputStream();
        var buffer = new byte[8192];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(out.toByteArray());
    }

    private String list() {
        return forge.signed("statuslist+jwt", listClaims());
    }

    private String listWith(Consumer<Map<String, Object>> change) {
        var claims = listClaims();
        change.accept(claims);
        return forge.signed("statuslist+jwt", claims);
    }

    private static IssuerStandIn.Turn list(String text) {
        return json(200, text);
    }

    private long listsAsked() {
        return issuer.received().stream()
                .filter(request -> request.path().startsWith("/status/"))
                .count();
    }

    private static void assertRejected(Verification verification, Rejection reason) {
        assertThat(verification).isEqualTo(new Verification.Rejected(reason));
    }

    private static void assertAccepted(Verification verification) {
        assertThat(verification).isInstanceOf(Verification.Accepted.class);
    }

    private static void assertUnavailable(Verification verification) {
        assertThat(verification).isInstanceOf(Verification.Unavailable.class);
    }

    @Test
    void acceptsWhatHasNotEndedAndRejectsWhatHas() {
        assertAccepted(verifier.verify(token(ENDED - 1, address)));
        assertRejected(verifier.verify(token(ENDED, address)), Rejection.ENDED);
        assertAccepted(verifier.verify(token(ENDED + 1, address)));
        assertThat(listsAsked()).as("one list for all").isEqualTo(1);
        assertThat(issuer.received().get(1).accept()).isEqualTo("application/statuslist+jwt");
    }

    @Test
    void takesAListThatIsPacked() throws IOException {
        issuer.playing(json(200, forge.jwks()), coded("gzip", packed(list().getBytes(StandardCharsets.US_ASCII))));

        assertAccepted(verifier.verify(token(ENDED - 1, address)));
        assertRejected(verifier.verify(token(ENDED, address)), Rejection.ENDED);
    }

    @Test
    void acceptsNothingByAListThatCannotBeUnpacked() throws IOException {
        var bomb = packed(new byte[64 * 1024 * 1024]);
        for (var body : List.of(bomb, new byte[] {1, 2, 3}, new byte[0])) {
            issuer.playing(json(200, forge.jwks()), coded("gzip", body));
            assertUnavailable(fresh().verify(token(ENDED - 1, address)));
        }
        issuer.playing(json(200, forge.jwks()), coded("br", list().getBytes(StandardCharsets.US_ASCII)));
        assertUnavailable(fresh().verify(token(ENDED - 1, address)));
    }

    private TaskVerifier fresh() {
        return TaskVerifier.builder(IssuerUrl.of(issuer.url()), TokenForge.AUDIENCE)
                .clock(clock)
                .sleeper(pause -> {})
                .build();
    }

    private static byte[] packed(byte[] body) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        }
        return out.toByteArray();
    }

    @Test
    void rejectsATokenWithoutAStatusWhereOneIsRequired() {
        var strict = TaskVerifier.builder(IssuerUrl.of(issuer.url()), TokenForge.AUDIENCE)
                .clock(clock)
                .requiringStatus()
                .build();
        assertRejected(strict.verify(forge.signed()), Rejection.NO_STATUS);
        assertAccepted(strict.verify(token(5, address)));
    }

    @Test
    void neverAsksForAListWhereTheTokenNamesNone() {
        assertAccepted(verifier.verify(forge.signed()));
        assertThat(listsAsked()).isZero();
    }

    static Stream<Arguments> vectors() {
        return Vectors.read("status-list.json").cases();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void readsEachEntryOfTheVectors(Map<String, Object> vector) {
        int entries = ((Number) vector.get("entries")).intValue();
        var ended = ((List<?>) vector.get("ended"))
                .stream().map(index -> ((Number) index).intValue()).collect(Collectors.toSet());
        var list = listWith(claims -> claims.put("status_list", Map.of("bits", 1, "lst", vector.get("lst"))));
        var jwk = forge.publicKey();

        var read = PublishedStatus.read(
                        list.getBytes(StandardCharsets.US_ASCII),
                        address,
                        IssuerUrl.of(issuer.url()),
                        kid -> new IssuerKeys.Lookup.Found(jwk),
                        clock.instant())
                .orElseThrow();

        for (int index = 0; index < entries; index++) {
            assertThat(read.hasEnded(index)).contains(ended.contains(index));
        }
        assertThat(read.hasEnded(entries)).isEmpty();
    }

    @Test
    void hearsOfAnEndAMinuteLater() {
        assertAccepted(verifier.verify(token(5, address)));
        clock.advance(Duration.ofSeconds(59));
        assertAccepted(verifier.verify(token(5, address)));
        clock.advance(Duration.ofSeconds(1));
        var bits = new byte[8];
        bits[0] = 1 << 5;
        issuer.playing(list(listWith(claims -> claims.put("status_list", Map.of("bits", 1, "lst", deflated(bits))))));

        assertRejected(verifier.verify(token(5, address)), Rejection.ENDED);
        assertThat(listsAsked()).isEqualTo(2);
    }

    @Test
    void usesAListUntilItsExpiryWhenNoNewerOneComesAndThenAcceptsNothing() {
        assertAccepted(verifier.verify(token(5, address)));
        clock.advance(Duration.ofSeconds(119));
        issuer.playing(json(503, "{}"), json(503, "{}"));
        assertAccepted(verifier.verify(token(5, address)));
        assertRejected(verifier.verify(token(ENDED, address)), Rejection.ENDED);
        assertThat(listsAsked()).as("it does not ask again for each token").isEqualTo(3);

        clock.advance(Duration.ofSeconds(1));
        assertUnavailable(verifier.verify(token(5, address)));
        clock.advance(Duration.ofSeconds(5));
        issuer.playing(list(list()));
        assertAccepted(verifier.verify(token(5, address)));
    }

    /** A fetch that takes long; the token's last second passes meanwhile. */
    @Test
    void judgesTheExpiryAfterTheListCame() {
        var claims = forge.claims();
        claims.put("status", Map.of("status_list", Map.of("idx", 5, "uri", address)));
        var token = forge.signed(claims);
        long left = ((Number) claims.get("exp")).longValue() - clock.instant().getEpochSecond();
        clock.advance(Duration.ofSeconds(left - 1));
        var list = list(list());
        issuer.playing(json(200, forge.jwks()), exchange -> {
            clock.advance(Duration.ofSeconds(1));
            list.play(exchange);
        });

        assertRejected(verifier.verify(token), Rejection.EXPIRED);
    }

    /** The fetch that one thread makes stands still; another has the list of before, which is still valid. */
    @Test
    @Timeout(30)
    void waitsForNobodyElsesFetchWhileItsListIsValid() throws Exception {
        assertAccepted(verifier.verify(token(5, address)));
        clock.advance(Duration.ofSeconds(60));
        var asked = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        issuer.playing(exchange -> {
            asked.countDown();
            await(go);
            exchange.close();
        });
        var slow = CompletableFuture.supplyAsync(() -> verifier.verify(token(5, address)));
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

        var other = CompletableFuture.supplyAsync(() -> verifier.verify(token(5, address)));
        assertAccepted(other.get(1, TimeUnit.SECONDS));
        assertThat(slow).isNotDone();

        go.countDown();
        assertAccepted(slow.get(10, TimeUnit.SECONDS));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1 << 20, -1, Long.MAX_VALUE, 1L << 32})
    void rejectsAPlaceThatTheListDoesNotHave(long index) {
        assertRejected(verifier.verify(token(index, address)), Rejection.BAD_STATUS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/status/498730.0",
                "http://127.0.0.1:1/status/498730.0",
                "%s.evil.example/status/498730.0",
                "%s/status/",
                "%s/status/../healthz",
                "%s/status/a/b",
                "%s/status/498730.0?x=y",
                "%s/status/498730.0#x",
                "%s/elsewhere/498730.0",
                ""
            })
    void asksNobodyForAListThatIsNotTheIssuers(String uri) {
        assertRejected(verifier.verify(token(5, uri.replace("%s", issuer.url()))), Rejection.BAD_STATUS);
        assertThat(listsAsked()).isZero();
    }

    @Test
    void rejectsAStatusThatItDoesNotKnow() {
        for (var status :
                new Object[] {"ended", Map.of(), Map.of("other", Map.of()), Map.of("status_list", Map.of("idx", 1))}) {
            var claims = forge.claims();
            claims.put("status", status);
            assertRejected(verifier.verify(forge.signed(claims)), Rejection.MALFORMED);
        }
    }

    private void assertTakesNot(String text) {
        issuer.playing(json(200, forge.jwks()), list(text));
        assertUnavailable(verifier.verify(token(5, address)));
    }

    @Test
    void takesNoListOfAnotherAddress() {
        assertTakesNot(listWith(claims -> claims.put("sub", address + "1")));
    }

    @Test
    void takesNoListOfAnotherIssuer() {
        assertTakesNot(listWith(claims -> claims.put("iss", "https://evil.example")));
    }

    @Test
    void takesNoListThatHasExpired() {
        assertTakesNot(listWith(claims -> claims.put("exp", clock.instant().getEpochSecond())));
    }

    @Test
    void takesNoListWithoutAnExpiry() {
        assertTakesNot(listWith(claims -> claims.remove("exp")));
    }

    @Test
    void takesNoListOfTheFuture() {
        assertTakesNot(listWith(claims -> claims.put("iat", clock.instant().getEpochSecond() + 31)));
    }

    @Test
    void takesNoListWithoutATimeToLive() {
        assertTakesNot(listWith(claims -> claims.remove("ttl")));
    }

    @Test
    void takesNoListThatWouldBeKeptForDays() {
        assertTakesNot(listWith(claims -> claims.put("ttl", 86_400)));
    }

    @Test
    void takesNoListOfLargerEntries() {
        assertTakesNot(listWith(claims -> claims.put("status_list", Map.of("bits", 2, "lst", deflated(new byte[8])))));
    }

    @Test
    void takesNoTaskTokenForAList() {
        assertTakesNot(forge.signed("at+jwt", listClaims()));
    }

    @Test
    void takesNoListThatSomebodyElseSigned() {
        assertTakesNot(new TokenForge(issuer.url(), "kid-1").signed("statuslist+jwt", listClaims()));
    }

    @Test
    void takesNoListWithACriticalHeader() {
        assertTakesNot(forge.signed(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType("statuslist+jwt"))
                        .keyID(forge.kid())
                        .criticalParams(java.util.Set.of("exp"))
                        .build(),
                listClaims()));
    }

    @Test
    void unpacksNoBomb() {
        assertTakesNot(listWith(claims ->
                claims.put("status_list", Map.of("bits", 1, "lst", deflated(new byte[64 * 1024 * 1024])))));
    }

    @Test
    void readsNoMoreThanAListIsLong() {
        assertTakesNot("a".repeat(PublishedStatus.MAX_TEXT + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "a.b.c", "null", "eyJhbGciOiJub25lIn0.e30."})
    void takesNothingElseForAList(String text) {
        assertTakesNot(text);
    }

    @Test
    void followsNoRedirect() {
        issuer.playing(json(200, forge.jwks()), exchange -> {
            exchange.getResponseHeaders().set("Location", issuer.url() + "/status/498730.1");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        assertUnavailable(verifier.verify(token(5, address)));
        assertThat(listsAsked()).isEqualTo(1);
    }
}
