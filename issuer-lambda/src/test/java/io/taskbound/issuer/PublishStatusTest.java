// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.taskbound.http.HttpRequest;
import io.taskbound.http.HttpResponse;
import io.taskbound.http.TestIssuer;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.DenyEntry;
import io.taskbound.ledger.InMemoryLedger;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.ledger.StatusLists;
import io.taskbound.status.StatusEntry;
import io.taskbound.status.StatusList;
import io.taskbound.status.StatusListName;
import io.taskbound.status.StatusListToken;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens for a server that reads status lists, and the lists, through the front door. */
class PublishStatusTest {
    private final AtomicInteger built = new AtomicInteger();
    private final AtomicBoolean away = new AtomicBoolean();
    private final InMemoryLedger ledger = new InMemoryLedger() {
        @Override
        public StatusLists statusLists() {
            return new Counting(super.statusLists());
        }
    };
    private final TestIssuer issuer = TestIssuer.withStatusServer(ledger);

    private final class Counting implements StatusLists {
        private final StatusLists lists;

        Counting(StatusLists lists) {
            this.lists = lists;
        }

        @Override
        public StatusEntry allot(Instant now) {
            return lists.allot(now);
        }

        @Override
        public void end(StatusEntry entry) {
            lists.end(entry);
        }

        @Override
        public Optional<BitSet> ended(StatusListName list) {
            built.incrementAndGet();
            if (away.get()) {
                throw new LedgerUnavailable("status list: away");
            }
            return lists.ended(list);
        }
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private String minted() {
        var answer = issuer.token(TestIssuer.openRouteForm(issuer.idToken()));
        assertThat(answer.status()).as(issuer.audit.toString()).isEqualTo(200);
        return answer.accessToken();
    }

    private static Map<String, Object> status(String token) throws Exception {
        var status = SignedJWT.parse(token).getJWTClaimsSet().getJSONObjectClaim("status");
        assertThat(status).containsOnlyKeys("status_list");
        @SuppressWarnings("unchecked")
        var list = (Map<String, Object>) status.get("status_list");
        return list;
    }

    private HttpResponse get(String path) {
        return issuer.edge.handle(new HttpRequest("GET", path, Map.of(), new byte[0], Optional.empty()));
    }

    private HttpResponse list(String token) throws Exception {
        var uri = (String) status(token).get("uri");
        assertThat(uri).startsWith(TestIssuer.ISSUER + "/status/");
        return get(uri.substring(TestIssuer.ISSUER.length()));
    }

    private static String text(HttpResponse response) {
        return new String(response.body(), StandardCharsets.US_ASCII);
    }

    private boolean isEnded(String token) throws Exception {
        var response = list(token);
        assertThat(response.status()).isEqualTo(200);
        int index = ((Number) status(token).get("idx")).intValue();
        return bits(text(response)).get(index);
    }

    private static BitSet bits(String list) throws Exception {
        var claims = SignedJWT.parse(list).getJWTClaimsSet().getJSONObjectClaim("status_list");
        assertThat(claims.get("bits")).isEqualTo(1L);
        var inflater = new Inflater();
        inflater.setInput(Base64.getUrlDecoder().decode((String) claims.get("lst")));
        var out = new ByteArrayOutputStream();
        var buffer = new byte[8192];
        while (!inflater.finished()) {
            out.write(buffer, 0, inflater.inflate(buffer));
        }
        inflater.end();
        assertThat(out.size()).isEqualTo(StatusList.CAPACITY / 8);
        return BitSet.valueOf(out.toByteArray());
    }

    @Test
    void whoeverTakesGzipGetsTheListPacked() throws Exception {
        var token = minted();
        var path = ((String) status(token).get("uri")).substring(TestIssuer.ISSUER.length());
        for (var takes : List.of("gzip", "deflate, GZIP;q=0.5", "br, *", "*;q=0, gzip")) {
            var packed = get(path, takes);
            assertThat(packed.headers()).as(takes).containsEntry("Content-Encoding", "gzip");
            assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
                    .isEqualTo(list(token).body());
        }
        for (var takesNot : List.of("", "identity", "gzip;q=0", "br, *;q=0.0", "gzip;q=0, *", "xgzip")) {
            var plain = get(path, takesNot);
            assertThat(plain.headers())
                    .as(takesNot)
                    .doesNotContainKey("Content-Encoding")
                    .containsEntry("Vary", "Accept-Encoding");
            assertThat(plain.body()).isEqualTo(list(token).body());
        }
    }

    private HttpResponse get(String path, String acceptEncoding) {
        return issuer.edge.handle(new HttpRequest(
                "GET", path, Map.of("accept-encoding", List.of(acceptEncoding)), new byte[0], Optional.empty()));
    }

    @Test
    void aTokenSaysWhereItsStatusIsAndTheListIsSigned() throws Exception {
        var token = minted();
        var response = list(token);
        var list = SignedJWT.parse(text(response));

        assertThat(response.headers())
                .containsEntry("Content-Type", "application/statuslist+jwt")
                .containsEntry("Cache-Control", "public, max-age=60")
                .containsEntry("X-Content-Type-Options", "nosniff");
        assertThat(list.getHeader().getType().getType()).isEqualTo("statuslist+jwt");
        var key = JWKSet.parse(text(get("/.well-known/jwks.json")))
                .getKeyByKeyId(list.getHeader().getKeyID())
                .toECKey();
        assertThat(list.verify(new ECDSAVerifier(key))).isTrue();
        var claims = list.getJWTClaimsSet();
        assertThat(claims.getSubject()).isEqualTo(status(token).get("uri"));
        assertThat(claims.getIssuer()).isEqualTo(TestIssuer.ISSUER);
        assertThat(claims.getIssueTime()).isEqualTo("2026-11-23T10:00:00Z");
        assertThat(claims.getExpirationTime()).isEqualTo("2026-11-23T10:02:00Z");
        assertThat(claims.getLongClaim("ttl")).isEqualTo(60);
        assertThat(bits(text(response)).isEmpty()).isTrue();
    }

    @Test
    void noOtherServersTokenHasAStatus() throws Exception {
        assertThat(SignedJWT.parse(issuer.mintSign().accessToken())
                        .getJWTClaimsSet()
                        .getClaims())
                .doesNotContainKey("status");
        assertThat(get("/status/498730.0").status()).isEqualTo(404);
    }

    @Test
    void aClosedTokenIsInTheNextListAndThatIsAMinuteAwayAtMost() throws Exception {
        var token = minted();
        var other = minted();
        assertThat(isEnded(token)).isFalse();

        issuer.revoke(Map.of("token", token));

        assertThat(isEnded(token)).as("the list of before").isFalse();
        issuer.clock.advance(Duration.ofMillis(59_999));
        assertThat(list(token).headers()).containsEntry("Cache-Control", "public, max-age=0");
        issuer.clock.advance(Duration.ofMillis(1));
        assertThat(isEnded(token)).isTrue();
        assertThat(isEnded(other)).isFalse();
    }

    @Test
    void aTokenThatIsDeniedByItsHandleIsInTheListAndNoOther() throws Exception {
        var token = minted();
        var other = minted();
        var handle = SignedJWT.parse(token).getJWTClaimsSet().getJWTID();
        var now = issuer.clock.instant();
        var until = now.plus(Duration.ofMinutes(5));
        ledger.deny(new DenyEntry(DenyEntry.Kind.JTI, handle, Optional.of(until), now, "ada", Optional.empty()));
        ledger.deny(new DenyEntry(
                DenyEntry.Kind.JTI,
                "a".repeat(22) + "." + "b".repeat(32),
                Optional.empty(),
                now,
                "ada",
                Optional.empty()));

        assertThat(isEnded(token)).isTrue();
        assertThat(isEnded(other)).isFalse();
        issuer.clock.advance(Duration.ofMinutes(5));
        assertThat(isEnded(token)).as("the entry is over").isFalse();
    }

    @Test
    void aDryRunTakesNoPlace() {
        var form = TestIssuer.openRouteForm(issuer.idToken());
        form.put("dry_run", "true");
        assertThat(issuer.token(form).body().bool("would_grant")).contains(true);

        assertThat(get("/status/498730.0").status()).isEqualTo(404);
    }

    @Test
    void aLostAnswerIsGivenAgainWithTheSamePlace() throws Exception {
        var form = TestIssuer.openRouteForm(issuer.idToken());

        var first = issuer.token(form).accessToken();
        var again = issuer.token(form).accessToken();

        assertThat(status(again)).isEqualTo(status(first));
    }

    @Test
    void headIsAnsweredAndNothingElse() throws Exception {
        var path = ((String) status(minted()).get("uri")).substring(TestIssuer.ISSUER.length());
        var head = issuer.edge.handle(new HttpRequest("HEAD", path, Map.of(), new byte[0], Optional.empty()));
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers()).containsEntry("Content-Type", "application/statuslist+jwt");
        var post = issuer.edge.handle(new HttpRequest("POST", path, Map.of(), new byte[0], Optional.empty()));
        assertThat(post.status()).isEqualTo(405);
        assertThat(post.headers()).containsEntry("Allow", "GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "498730", "498730.1", "498731.0", "498726.0", "x", "../healthz", "498730.0/", "498730.0?a=b"
            })
    void noOtherNameIsAList(String name) {
        minted();
        assertThat(get("/status/" + name).status()).isEqualTo(404);
    }

    /** Or a stranger could, at the beginning of each hour, keep servers from the lists of the first tokens. */
    @Test
    void whoAsksTooEarlyForAListKeepsNobodyFromItAfterwards() throws Exception {
        assertThat(get("/status/498730.0").status()).isEqualTo(404);
        var token = minted();

        issuer.clock.advance(Duration.ofSeconds(2));

        assertThat(isEnded(token)).isFalse();
    }

    /** Names that there cannot be reach no ledger, and those that there could be reach it every 2 s. */
    @Test
    void madeUpNamesCostNothing() {
        for (int i = 0; i < 50; i++) {
            get("/status/" + (400_000 + i) + ".0");
            get("/status/498730.7");
        }
        assertThat(built).hasValue(1);
    }

    @Test
    void aListIsBuiltOnceHoweverManyAskForIt() throws Exception {
        var token = minted();
        var threads = Executors.newFixedThreadPool(16);
        try {
            Callable<Integer> ask = () -> list(token).status();
            for (var answer :
                    threads.invokeAll(IntStream.range(0, 100).mapToObj(i -> ask).toList())) {
                assertThat(answer.get()).isEqualTo(200);
            }
        } finally {
            threads.shutdown();
        }
        assertThat(built).hasValue(1);
    }

    @Test
    void withoutTheLedgerThereIsNoNewListAndNoOldOne() throws Exception {
        var token = minted();
        assertThat(list(token).status()).isEqualTo(200);
        away.set(true);
        assertThat(list(token).status()).as("within its minute").isEqualTo(200);

        issuer.clock.advance(StatusListToken.TTL);

        assertThat(list(token).status()).isEqualTo(503);
        assertThat(issuer.lastAudit()).contains("\"result\":\"unavailable\"", "\"reason\":\"ledger_unavailable\"");
        built.set(0);
        for (int i = 0; i < 50; i++) {
            assertThat(list(token).status()).isEqualTo(503);
        }
        assertThat(built).as("a ledger that just failed is left alone").hasValue(0);
        away.set(false);
        issuer.clock.advance(Duration.ofSeconds(2));
        assertThat(list(token).status()).isEqualTo(200);
    }

    /** A list with many bits set, read by another implementation, which must agree on each bit. */
    @Test
    void anotherImplementationReadsTheSameList() throws Exception {
        var random = new SplittableRandom(1);
        var ended = new BitSet();
        for (int i = 0; i < StatusList.CAPACITY; i++) {
            ended.set(i, random.nextInt(8) == 0);
        }
        var address = TestIssuer.ISSUER + "/status/498730.0";
        var now = issuer.clock.instant();
        var token = StatusListToken.sign(
                StatusList.of(ended, StatusList.CAPACITY), TestIssuer.ISSUER, address, now, issuer.signer);

        var read = inNode(token, address, now.getEpochSecond());
        assertThat(read.wholeNumber("size")).hasValue(StatusList.CAPACITY);
        assertThat(indexes(read.array("ended").orElseThrow())).isEqualTo(ended);

        assertThat(inNode(token, address + "0", now.getEpochSecond()).string("refused"))
                .contains("claims");
        assertThat(inNode(token, address, now.getEpochSecond() + 120).string("refused"))
                .contains("claims");
        var changed = token.substring(0, 200) + (token.charAt(200) == 'A' ? 'B' : 'A') + token.substring(201);
        assertThat(inNode(changed, address, now.getEpochSecond()).string("refused"))
                .contains("signature");
    }

    private static BitSet indexes(JsonArray array) {
        var bits = new BitSet();
        array.items()
                .forEach(
                        item -> bits.set((int) ((JsonNumber) item).wholeNumber().orElseThrow()));
        return bits;
    }

    private JsonObject inNode(String token, String address, long now) throws Exception {
        var script = Path.of(
                System.getProperty("taskbound.root"), "issuer-lambda", "src", "test", "node", "status-list.mjs");
        var process = new ProcessBuilder(List.of("node", script.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var in = process.getOutputStream()) {
            in.write(JsonText.of(JsonObject.builder()
                            .put("jwks", issuer.signer.publicKeys())
                            .put("token", token)
                            .put("address", address)
                            .put("now", now)
                            .build())
                    .getBytes(UTF_8));
        }
        var answer = process.getInputStream().readAllBytes();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return StrictJson.parseObject(answer);
    }
}
