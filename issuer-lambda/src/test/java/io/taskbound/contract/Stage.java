// SPDX-License-Identifier: Apache-2.0
package io.taskbound.contract;

import io.taskbound.http.HttpResponse;
import io.taskbound.http.IssuerEdge;
import io.taskbound.http.IssuerParts;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.json.JsonNull;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.ledger.Ledger;
import io.taskbound.policy.Policy;
import io.taskbound.token.LocalSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/**
 * A whole issuer in the setting of contract/setting.json, with a clock, a ledger and a signer that obey the vectors.
 */
final class Stage {
    private static final AtomicLong RUNS = new AtomicLong(7000);
    private final JsonObject setting = Vectors.setting();
    private final Moment clock = new Moment(Instant.parse(setting.string("now").orElseThrow()));
    private final KeyProofMaker proofs = new KeyProofMaker(setting);
    private final IdTokens idTokens;
    private final FaultyLedger ledger;
    private final FaultySigner signer = new FaultySigner(LocalSigner.generate());
    private final List<String> audit = new ArrayList<>();
    private final IssuerEdge edge;

    Stage(IdTokens idTokens, Ledger ledger) {
        this.idTokens = idTokens;
        this.ledger = new FaultyLedger(ledger);
        this.edge = new IssuerEdge(new IssuerParts(
                setting.string("issuer").orElseThrow(),
                new CurrentPolicy(policy(), uri -> {
                    throw new IOException("no vector reaches the network");
                }),
                this.ledger.ledger(),
                signer,
                Runnable::run,
                audit::add,
                line -> {},
                clock));
    }

    private Policy policy() {
        var document = (JsonObject) idTokens.withKeys(setting.object("policy").orElseThrow());
        var compiled = Policy.compile(document, 1);
        if (compiled instanceof Policy.Ok ok) {
            return ok.policy();
        }
        throw new IllegalStateException("contract/setting.json: " + compiled);
    }

    List<String> audit() {
        return audit;
    }

    /** Plays a vector from the setting's time on, in a run of its own. */
    void play(Vectors.Vector vector, BiConsumer<Sent, HttpResponse> witness) {
        var play = newPlay();
        play.unrecorded(Unrecorded.token(setting, signer, clock.instant()));
        for (var call : vector.calls()) {
            var sent = sent(call.request(), play);
            given(call.request().object("given").orElse(JsonObject.EMPTY));
            var response = edge.handle(sent.request());
            given(JsonObject.EMPTY);
            play.answered(response);
            witness.accept(sent, response);
            new Expectation(call.expect(), play).check(response, lastAudit());
        }
    }

    Play newPlay() {
        return new Play(RUNS.incrementAndGet(), proofs.thumbprint());
    }

    /** Plays one call of a play, whatever comes of it. */
    HttpResponse call(JsonObject described, Play play) {
        return edge.handle(sent(described, play).request());
    }

    HttpResponse get(String path) {
        return edge.handle(new Sent("GET", path, Map.of(), "").request());
    }

    private JsonObject lastAudit() {
        // A token's end has a line of its own, after that of the decision which it follows from.
        return audit.stream()
                .map(line -> (JsonObject) Json.parse(line))
                .filter(line -> !line.string("event").equals(Optional.of("ended")))
                .reduce((earlier, later) -> later)
                .orElse(JsonObject.EMPTY);
    }

    private void given(JsonObject given) {
        ledger.become(given.string("ledger").orElse(""));
        signer.becomeAway(given.string("signer").isPresent());
    }

    private Sent sent(JsonObject described, Play play) {
        clock.pass(described.wholeNumber("after").orElse(0));
        if (described.has("id_token") || play.hasNoIdToken()) {
            var idToken = described.object("id_token").orElse(JsonObject.EMPTY);
            play.idToken(idTokens.make(idToken, clock.instant(), play.run()));
        }
        described
                .object("proof")
                .map(proof -> proofs.make(proof, described.string("post").orElseThrow(), play, clock.instant()))
                .ifPresent(play::proof);
        var body = described.string("body").orElseGet(() -> FormText.of(described, setting, play));
        return new Sent(
                described.string("method").orElse("POST"),
                described.string("post").orElseThrow(),
                headers(described, play),
                body);
    }

    private Map<String, List<String>> headers(JsonObject described, Play play) {
        var headers = new HashMap<String, List<String>>();
        headers.put("content-type", List.of("application/x-www-form-urlencoded"));
        credentials(described).ifPresent(value -> headers.put("authorization", List.of(value)));
        described.object("headers").orElse(JsonObject.EMPTY).members().forEach((name, value) -> {
            if (value == JsonNull.NULL) {
                headers.remove(name);
            } else {
                headers.put(name, List.of(play.filled(((JsonString) value).value())));
            }
        });
        return headers;
    }

    /** client_secret_basic of the server that {@code as} names, or of the pair that it spells out. */
    private Optional<String> credentials(JsonObject described) {
        var named = described
                .string("as")
                .map(name -> name + ":"
                        + setting.object("secrets").orElseThrow().string(name).orElseThrow());
        var pair = named.or(() -> described
                .object("as")
                .map(as -> as.string("id").orElseThrow() + ":"
                        + as.string("secret").orElseThrow()));
        return pair.map(text -> described.string("scheme").orElse("Basic") + " "
                + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }
}
