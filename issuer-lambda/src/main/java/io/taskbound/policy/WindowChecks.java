// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.window.AbsoluteWindow;
import io.taskbound.window.Windows;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Finds windows that are as nobody can want them. */
final class WindowChecks {
    private final Faults faults;

    WindowChecks(Faults faults) {
        this.faults = faults;
    }

    void check(
            Place place,
            List<WindowsReader.Placed> windows,
            List<TaskPermission> permissions,
            Optional<Duration> lease) {
        windows.forEach(placed -> {
            warnIfOver(placed);
            warnIfShort(placed, lease);
        });
        if (Windows.of(windows.stream().map(WindowsReader.Placed::window).toList())
                .neverClose()) {
            faults.warning(
                    FaultCode.ALWAYS_OPEN, place, "these windows never close", "write shorter ones, or remove windows");
        }
        permissions.stream()
                .map(TaskPermission::server)
                .filter(server -> server.checks() == Checks.OFFLINE)
                .findFirst()
                .ifPresent(server -> faults.warning(
                        FaultCode.OFFLINE_WINDOW,
                        place,
                        server.name() + " has checks: offline: it notices that a window ends, since its tokens expire"
                                + " then, but not that a new policy ends one early",
                        "let " + server.name() + " introspect or redeem, or write a short max_lifetime"));
    }

    private void warnIfOver(WindowsReader.Placed placed) {
        if (placed.window() instanceof AbsoluteWindow once
                && faults.now().filter(now -> !now.isBefore(once.to())).isPresent()) {
            faults.warning(FaultCode.WINDOW_OVER, placed.place(), "this window is over", "remove it");
        }
    }

    private void warnIfShort(WindowsReader.Placed placed, Optional<Duration> lease) {
        lease.filter(length -> placed.window().length().compareTo(length) < 0)
                .ifPresent(length -> faults.warning(
                        FaultCode.SHORT_WINDOW,
                        placed.place(),
                        "this window is shorter than the lease, so the lease never lapses in it",
                        "write a longer window, or a lease of less than "
                                + DurationText.of(placed.window().length())));
    }
}
