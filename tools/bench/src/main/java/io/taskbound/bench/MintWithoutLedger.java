// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.http.HttpRequest;
import io.taskbound.http.HttpResponse;
import io.taskbound.http.IssuerEdge;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** A whole POST /token, but for the ledger, beside the two signatures in it. */
@State(Scope.Benchmark)
public class MintWithoutLedger {
    private static final int TOKENS = 64;
    /** Counted, because on a busy machine a time would end before the JIT has compiled what is measured. */
    private static final int WARM_UP = 10_000;

    private final List<HttpRequest> requests = new ArrayList<>();
    private final List<RawCrypto.Signed> idTokens = new ArrayList<>();
    private final List<RawCrypto.Signed> taskTokens = new ArrayList<>();
    private Scene scene;
    private IssuerEdge edge;
    private RawCrypto raw;
    private int turn;

    @Setup
    public void start(Blackhole hole) throws GeneralSecurityException {
        scene = new Scene();
        edge = scene.edge(new NoLedger(), Runnable::run);
        raw = new RawCrypto(scene.provider().jwks());
        for (int i = 0; i < TOKENS; i++) {
            var request = scene.mintRequest(i, Scene.SIGN);
            requests.add(request);
            idTokens.add(RawCrypto.Signed.of(scene.idToken(i)));
            taskTokens.add(RawCrypto.Signed.of(Answered.token(edge.handle(request))));
        }
        for (int i = 0; i < WARM_UP; i++) {
            floor(hole);
            hole.consume(mint());
        }
    }

    @Benchmark
    public void floor(Blackhole hole) throws GeneralSecurityException {
        int now = turn++ % TOKENS;
        hole.consume(raw.verifyRs256(idTokens.get(now)));
        hole.consume(raw.signEs256(taskTokens.get(now)));
    }

    @Benchmark
    public HttpResponse mint() {
        return Answered.yes(edge.handle(requests.get(turn++ % TOKENS)));
    }

    @TearDown
    public void stop() {
        scene.close();
    }
}
