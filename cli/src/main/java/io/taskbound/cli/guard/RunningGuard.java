// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.guard;

import io.taskbound.cli.http.LocalServer;
import io.taskbound.cli.http.Places;
import io.taskbound.cli.rules.RuleSet;
import io.taskbound.cli.terminal.Complaint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.function.Consumer;

/** A guard that answers gateways, and its administrator at another address. */
final class RunningGuard implements AutoCloseable {
    private final LocalServer server;
    private final LocalServer admin;

    private RunningGuard(LocalServer server, LocalServer admin) {
        this.server = server;
        this.admin = admin;
    }

    /**
     * Where it listens, and for whom.
     *
     * @param admin for metrics, health and readiness
     */
    record Settings(RuleSet rules, Gateway gateway, InetSocketAddress listen, InetSocketAddress admin) {}

    /** @param log gets a line for each decision */
    static RunningGuard start(Settings settings, GuardIssuer issuer, Consumer<String> log, Clock clock)
            throws Complaint {
        var asking = new Places(Guard.MOST_ASKING, Guard.MOST_WAITING, Guard.LONGEST_WAIT);
        var metrics = new GuardMetrics(asking);
        var lines = new DecisionLog(log, clock);
        var guard = new Guard(settings.rules(), settings.gateway(), issuer.enforcer(), asking, (decision, took) -> {
            metrics.add(decision, took);
            lines.add(decision, took);
        });
        var server = bind("--listen", settings.listen());
        try {
            var admin = bind("--admin", settings.admin());
            admin.serve(new GuardAdmin(metrics, issuer, clock)::answer);
            server.serveAll(guard::answer);
            return new RunningGuard(server, admin);
        } catch (Complaint taken) {
            server.close();
            throw taken;
        }
    }

    private static LocalServer bind(String option, InetSocketAddress address) throws Complaint {
        try {
            return LocalServer.bind(address);
        } catch (IOException taken) {
            throw Complaint.refused(
                    "It cannot listen on " + address.getHostString() + ":" + address.getPort() + ".",
                    "Name an address and a free port of this machine with " + option + ".");
        }
    }

    String url() {
        return server.url();
    }

    String adminUrl() {
        return admin.url();
    }

    /** Finishes what has arrived; health and metrics can be seen until then. */
    @Override
    public void close() {
        server.close();
        admin.close();
    }
}
