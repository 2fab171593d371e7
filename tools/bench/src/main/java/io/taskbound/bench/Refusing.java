// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.http.HttpRequest;
import io.taskbound.http.HttpResponse;
import io.taskbound.http.IssuerEdge;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A whole POST /token that the policy refuses, beside one for a task that it does not have. A caller must not learn
 * from the time which tasks there are, nor cost the issuer more by asking for one with many rules.
 */
@State(Scope.Benchmark)
public class Refusing {
    private static final int TOKENS = 64;
    private static final int WARM_UP = 5_000;
    private static final String UNKNOWN = Scene.SIGN.replace("sign-release", "sign-nothing");

    private final List<HttpRequest> requests = new ArrayList<>();
    private final List<HttpRequest> unknown = new ArrayList<>();
    private final List<Scene> scenes = new ArrayList<>();
    private IssuerEdge others;
    private IssuerEdge ownTenant;
    private IssuerEdge patterns;
    private IssuerEdge lists;
    private int turn;

    @Setup
    public void start() {
        others = edge(PolicyText.tenThousandRepositories());
        ownTenant = edge(PolicyText.tenThousandBranches());
        patterns = edge(PolicyText.tenThousandPatterns());
        lists = edge(PolicyText.tenThousandLists());
        for (int i = 0; i < WARM_UP; i++) {
            unknownTask();
            ofOthers();
            ofItsOwnTenant();
            ofPatterns();
            ofLists();
        }
    }

    private IssuerEdge edge(List<String> rules) {
        var scene = new Scene(rules);
        scenes.add(scene);
        for (int i = 0; i < TOKENS; i++) {
            requests.add(scene.mintRequest(i, Scene.SIGN));
            unknown.add(scene.mintRequest(i, UNKNOWN));
        }
        return scene.edge(new NoLedger(), Runnable::run);
    }

    @Benchmark
    public HttpResponse unknownTask() {
        return Answered.no(others.handle(unknown.get(next())));
    }

    @Benchmark
    public HttpResponse ofOthers() {
        return Answered.no(others.handle(requests.get(next())));
    }

    @Benchmark
    public HttpResponse ofItsOwnTenant() {
        return Answered.no(ownTenant.handle(requests.get(TOKENS + next())));
    }

    @Benchmark
    public HttpResponse ofPatterns() {
        return Answered.no(patterns.handle(requests.get(2 * TOKENS + next())));
    }

    @Benchmark
    public HttpResponse ofLists() {
        return Answered.no(lists.handle(requests.get(3 * TOKENS + next())));
    }

    private int next() {
        return turn++ % TOKENS;
    }

    @TearDown
    public void stop() {
        scenes.forEach(Scene::close);
    }
}
