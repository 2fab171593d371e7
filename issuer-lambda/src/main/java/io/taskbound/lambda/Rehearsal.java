// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.json.MalformedJson;
import io.taskbound.token.SignerUnavailable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ServerSocketFactory;

/**
 * Plays the function before a snapshot, where time is free, until the JIT compilers have come to rest: what is compiled
 * is in the snapshot, and the first request of each instance finds it. Everything between event and socket is the
 * function's own; policy, keys and credentials open nothing and are made for it, and none of them stays (decision 6).
 *
 * <p>The compilers assume that what they never saw does not happen. So the function is played with TLS, as in life, and
 * without, and dropped and loaded again and again.
 */
final class Rehearsal {
    private static final int BACKLOG = 8;
    /** On a slow machine, the limits of the clients end requests whose code was never run before. */
    private static final int FAILED_ROUNDS = 5;
    /** Then everything is dropped, and loaded again, as after a restore. */
    private static final int ROUNDS_OF_AN_INSTANCE = 50;
    /** However quiet the compilers may be. */
    private static final int LEAST_ROUNDS = 6 * ROUNDS_OF_AN_INSTANCE;

    private final RehearsalPlan plan;
    private final Clock clock;
    private final Function<LambdaWiring, WarmUp.Warmed> function;
    private final Sockets sockets;

    private Rehearsal(
            RehearsalPlan plan, Clock clock, Function<LambdaWiring, WarmUp.Warmed> function, Sockets sockets) {
        this.plan = plan;
        this.clock = clock;
        this.function = function;
        this.sockets = sockets;
    }

    /** Where sockets come from. */
    @FunctionalInterface
    interface Sockets {
        /** @throws BindException when there is none to be had: then the rehearsal does without */
        ServerSocket open(ServerSocketFactory kind) throws IOException;
    }

    /**
     * How it went.
     *
     * @param quiet whether it ended because the compilers had come to rest
     */
    record Report(int requests, Duration took, boolean quiet) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "rehearsed %d requests in %.1f s; the compilers are %s",
                    requests,
                    took.toMillis() / 1e3,
                    quiet ? "at rest" : "still busy");
        }
    }

    /**
     * @param clock the function's own
     * @param function makes the function that is played
     * @throws IllegalStateException when it does not go as it should; the function can do without it
     */
    static Report play(RehearsalPlan plan, Clock clock, Function<LambdaWiring, WarmUp.Warmed> function) {
        return play(
                plan, clock, function, kind -> kind.createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
    }

    static Report play(
            RehearsalPlan plan, Clock clock, Function<LambdaWiring, WarmUp.Warmed> function, Sockets sockets) {
        try {
            return new Rehearsal(plan, clock, function, sockets).play();
        } catch (IOException | MalformedJson | GeneralSecurityException | SignerUnavailable broken) {
            throw new IllegalStateException(broken);
        }
    }

    private Report play() throws IOException, MalformedJson, GeneralSecurityException, SignerUnavailable {
        // Without limits: what the first request of a process has to load takes longer than a client waits.
        WarmUp.play(function);
        var now = clock.instant();
        var scene = RehearsalScene.create(now);
        var aws = new StubAws(new StubTable(WarmUp.TABLE), StubKey.generated());
        aws.table().addPolicyHead(1);
        var certificate = ThrowAwayCertificate.of(InetAddress.getLoopbackAddress(), now);
        var trust = certificate.trust();
        try (var plain = new LoopbackAws("http", sockets.open(ServerSocketFactory.getDefault()), aws);
                var tls = new LoopbackAws(
                        "https", sockets.open(certificate.context().getServerSocketFactory()), aws);
                var first = stage(scene, aws, plain, new AwsHttp(Map.of()));
                var second = stage(scene, aws, tls, new AwsHttp(Map.of(), Optional.of(() -> trust)))) {
            return play(new RehearsalRounds(scene, aws.table()), List.of(first, second));
        } catch (BindException noSocket) {
            try (var within = RehearsalStage.within(plan, clock, scene, aws, function)) {
                return play(new RehearsalRounds(scene, aws.table()), List.of(within));
            }
        }
    }

    private RehearsalStage stage(RehearsalScene scene, StubAws aws, LoopbackAws loopback, AwsHttp http)
            throws SignerUnavailable {
        return RehearsalStage.over(loopback, http, plan, clock, scene, aws, function);
    }

    private Report play(RehearsalRounds rounds, List<RehearsalStage> stages) throws IOException, MalformedJson {
        long began = System.nanoTime();
        var compilers = CompilerWatch.ofThisJvm(began);
        boolean quiet = false;
        int round = 0;
        int failed = 0;
        while (!(quiet && round >= LEAST_ROUNDS)
                && System.nanoTime() - began < plan.atMost().toNanos()) {
            var stage = stages.get(round / ROUNDS_OF_AN_INSTANCE % stages.size());
            try {
                rounds.play(stage.handler());
            } catch (IllegalStateException wrongAnswer) {
                if (++failed > FAILED_ROUNDS) {
                    throw wrongAnswer;
                }
            }
            if (++round % ROUNDS_OF_AN_INSTANCE == 0) {
                stage.drop();
            }
            quiet = compilers.quiet(System.nanoTime());
        }
        return new Report(rounds.requests(), Duration.ofNanos(System.nanoTime() - began), quiet);
    }
}
