// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.guard;

import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.Patience;
import io.taskbound.client.Refusal;
import io.taskbound.client.ServerCredentials;
import io.taskbound.client.TaskToken;
import io.taskbound.client.Transport;
import io.taskbound.client.resource.Enforcer;
import java.time.Duration;
import java.util.Optional;

/** The issuer as the guard asks it, and whether it takes the guard's own name and secret. Thread-safe. */
final class GuardIssuer {
    /** With {@link Guard#LONGEST_WAIT} ten seconds in all. */
    static final Patience PATIENCE = new Patience(
            3, Duration.ofSeconds(8), Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofSeconds(1));

    /** For the requests of callers, and as many for those by which it is seen whether the issuer is there. */
    static final int MOST_CONNECTIONS = 2 * Guard.MOST_ASKING;

    private static final Patience AT_ONCE = new Patience(
            1, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofSeconds(1));

    /** RFC 6749 section 5.2. */
    private static final String UNKNOWN_SERVER = "invalid_client";

    /** Of no form that a token has, so that nothing can come of it. */
    private static final TaskToken NO_TOKEN = TaskToken.of("none");

    private final IssuerClient client;
    private final IssuerClient prober;
    private final ServerCredentials server;
    private volatile boolean known;

    GuardIssuer(IssuerUrl url, Transport transport, ServerCredentials server) {
        this.client = client(url, transport, PATIENCE);
        this.prober = client(url, transport, AT_ONCE);
        this.server = server;
    }

    private static IssuerClient client(IssuerUrl url, Transport transport, Patience patience) {
        return IssuerClient.builder(url).transport(transport).patience(patience).build();
    }

    Enforcer enforcer() {
        return Enforcer.of(client, server);
    }

    /** Whether the issuer has taken name and secret once. Later outages do not change that: they are answered 503. */
    boolean isKnown() {
        return known;
    }

    /** Asks the issuer about no token, so that it looks at name and secret. */
    Introduction introduce() {
        var answer = prober.introspect(server, NO_TOKEN)
                .match(
                        active -> Introduction.TAKEN,
                        inactive -> Introduction.TAKEN,
                        refused -> introduction(refused.refusal()),
                        unavailable -> Introduction.away(unavailable.outage().sentence()));
        known |= answer.why().isEmpty();
        return answer;
    }

    /** An issuer that fails in some other way has not looked at name and secret. */
    private static Introduction introduction(Refusal refusal) {
        var why = refusal.code()
                + refusal.description().map(said -> " (" + said + ")").orElse("");
        return refusal.code().equals(UNKNOWN_SERVER)
                ? Introduction.refused(why)
                : Introduction.away("the issuer answered " + why);
    }

    /**
     * What became of an introduction.
     *
     * @param refused the issuer does not take name and secret
     * @param why where they were not taken, without a full stop
     */
    record Introduction(boolean refused, Optional<String> why) {
        static final Introduction TAKEN = new Introduction(false, Optional.empty());

        static Introduction refused(String why) {
            return new Introduction(true, Optional.of(why));
        }

        static Introduction away(String why) {
            return new Introduction(false, Optional.of(why));
        }
    }
}
