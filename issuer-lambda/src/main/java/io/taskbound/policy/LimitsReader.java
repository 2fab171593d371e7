// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonString;
import io.taskbound.window.Windows;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Reads {@code max_lifetime}, {@code max_uses}, {@code lease}, the budget and the windows of a task, and the ceiling of
 * the whole policy.
 */
final class LimitsReader {
    private static final Duration DEFAULT_CEILING = Duration.ofMinutes(15);
    private static final Duration LONGEST_OFFLINE = Duration.ofMinutes(5);
    private static final String UNLIMITED = "unlimited";

    private final DocumentReader reader;
    private final Faults faults;
    private final Duration ceiling;
    private final BudgetReader budgets;
    private final ApprovalReader approvals;
    private final WindowsReader windows;
    private final EnforceReader enforce;

    LimitsReader(DocumentReader reader, Faults faults, Optional<Place> ceiling, ApprovalReader approvals) {
        this.reader = reader;
        this.faults = faults;
        this.approvals = approvals;
        this.budgets = new BudgetReader(faults);
        this.windows = new WindowsReader(reader, faults);
        this.enforce = new EnforceReader(faults);
        this.ceiling = ceiling.flatMap(this::ceiling).orElse(DEFAULT_CEILING);
    }

    private Optional<Duration> ceiling(Place place) {
        var wanted = reader.duration(place);
        if (wanted.filter(value -> value.compareTo(Policy.HIGHEST_CEILING) > 0).isPresent()) {
            faults.error(FaultCode.LIFETIME, place, "is longer than an hour", "write at most 1h");
            return Optional.of(Policy.HIGHEST_CEILING);
        }
        return wanted;
    }

    TaskLimits read(Fields fields, List<TaskPermission> permissions, List<AllowedRule> rules) {
        boolean offline = permissions.stream().anyMatch(entry -> entry.server().checks() == Checks.OFFLINE);
        var lifetime = fields.find("max_lifetime").flatMap(place -> lifetime(place, offline));
        var uses =
                fields.find("max_uses").map(place -> uses(place, permissions)).orElse(OptionalInt.of(1));
        var lease = fields.find("lease").flatMap(reader::duration);
        var longest = lifetime.orElse(offline && ceiling.compareTo(LONGEST_OFFLINE) > 0 ? LONGEST_OFFLINE : ceiling);
        fields.find("lease").ifPresent(place -> checkLease(place, lease, longest, offline));
        if (!fields.has("lease")) {
            warnWithoutLease(fields.place(), permissions);
        }
        return new TaskLimits(
                longest,
                uses,
                lease,
                budgets.read(fields, permissions, rules),
                windows(fields, permissions, lease),
                approvals.read(fields, rules),
                enforce.read(fields));
    }

    private Windows windows(Fields fields, List<TaskPermission> permissions, Optional<Duration> lease) {
        var place = fields.find(WindowsReader.WINDOWS);
        var placed = place.map(windows::read).orElse(List.of());
        place.ifPresent(there -> new WindowChecks(faults).check(there, placed, permissions, lease));
        return Windows.of(placed.stream().map(WindowsReader.Placed::window).toList());
    }

    private Optional<Duration> lifetime(Place place, boolean offline) {
        var wanted = reader.duration(place);
        if (offline
                && wanted.filter(value -> value.compareTo(LONGEST_OFFLINE) > 0).isPresent()) {
            faults.error(
                    FaultCode.LIFETIME,
                    place,
                    "is too long for a server with checks: offline, which accepts a closed token until it expires",
                    "write at most " + DurationText.of(LONGEST_OFFLINE) + ", or let the server introspect or redeem");
        } else if (wanted.filter(value -> value.compareTo(ceiling) > 0).isPresent()) {
            faults.error(
                    FaultCode.LIFETIME,
                    place,
                    "is longer than the policy's ceiling of " + DurationText.of(ceiling),
                    "write at most " + DurationText.of(ceiling)
                            + ", or raise max_lifetime_ceiling at the top of the policy (at most 1h)");
        }
        return wanted;
    }

    private OptionalInt uses(Place place, List<TaskPermission> permissions) {
        for (var permission : permissions) {
            if (permission.server().checks() != Checks.REDEEM && !isUnlimited(place, permission.server())) {
                uncounted(place, permission.server());
                break;
            }
        }
        if (place.value() instanceof JsonString text && text.value().equals(UNLIMITED)) {
            return OptionalInt.empty();
        }
        var number = place.value() instanceof JsonNumber json ? json.wholeNumber() : OptionalLong.empty();
        if (number.isEmpty() || number.getAsLong() < 1 || number.getAsLong() > Grant.MAX_USES) {
            faults.shape(
                    FaultCode.BAD_VALUE,
                    place,
                    "must be a number from 1 to " + Grant.MAX_USES,
                    "write a number in that range, or" + " \"unlimited\"");
            return OptionalInt.of(1);
        }
        return OptionalInt.of((int) number.getAsLong());
    }

    private void uncounted(Place place, ResourceServer server) {
        boolean delivered = server.checks() == Checks.DELIVERED;
        faults.error(
                FaultCode.MAX_USES,
                place,
                "cannot be enforced: "
                        + (delivered
                                ? "a step uses " + server.name()
                                        + " with a credential of its own, so nobody counts uses"
                                : server.name() + " does not redeem, so nobody counts uses"),
                "remove max_uses" + (delivered ? "" : ", or write checks: redeem for " + server.name()));
    }

    private static boolean isUnlimited(Place place, ResourceServer server) {
        return server.checks() != Checks.OFFLINE
                && place.value() instanceof JsonString text
                && text.value().equals(UNLIMITED);
    }

    private void warnWithoutLease(Place task, List<TaskPermission> permissions) {
        permissions.stream()
                .map(TaskPermission::server)
                .filter(server -> server.checks() == Checks.DELIVERED)
                .findFirst()
                .ifPresent(server -> faults.warning(
                        FaultCode.NO_LEASE,
                        task,
                        "if the runner dies, the credential for " + server.name()
                                + " lives until the task token expires",
                        "write lease: 60s"));
    }

    private void checkLease(Place place, Optional<Duration> lease, Duration lifetime, boolean offline) {
        if (offline) {
            faults.error(
                    FaultCode.LEASE,
                    place,
                    "cannot be enforced: a server with checks: offline does not notice that a lease has lapsed",
                    "remove lease, or let the server introspect or redeem");
        } else if (lease.filter(value -> value.compareTo(lifetime) > 0).isPresent()) {
            faults.warning(
                    FaultCode.LONG_LEASE,
                    place,
                    "is longer than the token's life",
                    "write less than " + DurationText.of(lifetime));
        }
    }
}
