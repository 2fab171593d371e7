// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.serve;

import io.taskbound.cli.policy.FaultLines;
import io.taskbound.cli.policy.Loaded;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.issuer.AudienceAgreement;
import io.taskbound.issuer.CurrentPolicy;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Puts a changed policy in force, looking once a second. A faulty one is reported once, and the last good version stays
 * (threat model R26).
 */
final class PolicyWatch implements AutoCloseable {
    private final PolicySource source;
    private final CurrentPolicy current;
    private final String issuerUrl;
    private final CommandContext context;
    private final ScheduledExecutorService timer;
    private String loaded;
    private String seen;

    private PolicyWatch(
            PolicySource source, String loaded, CurrentPolicy current, String issuerUrl, CommandContext context) {
        this.source = source;
        this.current = current;
        this.issuerUrl = issuerUrl;
        this.context = context;
        this.loaded = loaded;
        this.seen = loaded;
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "taskbound-policy-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @param loaded the source's fingerprint from before it was loaded, so that no change falls in between */
    static PolicyWatch start(
            PolicySource source, String loaded, CurrentPolicy current, String issuerUrl, CommandContext context) {
        var watch = new PolicyWatch(source, loaded, current, issuerUrl, context);
        var unused = watch.timer.scheduleWithFixedDelay(watch::look, 1, 1, TimeUnit.SECONDS);
        return watch;
    }

    /** A change is taken when it has stood still for one look, so that a half-written file is not read. */
    private void look() {
        var now = source.fingerprint();
        boolean settled = now.equals(seen);
        seen = now;
        if (settled && !now.equals(loaded)) {
            loaded = now;
            reload();
        }
    }

    private void reload() {
        try {
            var read = source.load();
            if (read instanceof Loaded.Ok ok) {
                replace(ok);
            } else if (read instanceof Loaded.Faulty faulty) {
                FaultLines.of(faulty.faults()).forEach(context::warn);
                context.warn("The changed policy is invalid; " + label() + " stays in force.");
            }
        } catch (IllegalArgumentException e) {
            context.warn("The changed policy cannot be used (" + e.getMessage() + "); " + label() + " stays in force.");
        } catch (RuntimeException fault) {
            // The timer would drop a look that throws, and with it every later change.
            context.warn("The changed policy cannot be read; " + label() + " stays in force.");
        }
    }

    private void replace(Loaded.Ok ok) {
        var inForce = current.now().policy().version();
        var next = source.inForce(ok, inForce.number() + 1);
        CurrentPolicy.requireOthers(next, issuerUrl);
        if (!next.version().hash().equals(inForce.hash())) {
            current.replace(next);
            FaultLines.of(ok.warnings()).forEach(context::warn);
            AudienceAgreement.warnings(next, issuerUrl).forEach(context::warn);
            context.say("policy " + next.version().label() + " in force");
        }
    }

    private String label() {
        return current.now().policy().version().label();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
