// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Prints what docs/operations.md says of prices and quotas. */
final class Capacity {
    private static final List<Integer> RATES = List.of(10, 1_000, 10_000);
    /** Ask for a third more than the busiest second. */
    private static final double ROOM = 1.33;

    private static final int DENY_HEADS = 1;
    private static final int LISTING_SHARDS = 1;

    private Capacity() {}

    public static void main(String[] none) throws IOException {
        try (var dynamo = DynamoProcess.start()) {
            var life = TokenLife.measured(dynamo.endpoint());
            System.out.println(requests(life));
            System.out.println(Bill.table(life));
            System.out.println(SweepCost.measured(dynamo.endpoint()).table());
            System.out.println(quotas(life));
        }
    }

    private static String requests(TokenLife life) {
        var text = new StringBuilder(
                "| request | per life | write units | read units | audit line |\n|---|---|---|---|---|\n");
        for (var step : TokenLife.Step.values()) {
            var asked = life.asked(step);
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %.0f | %.0f | %d bytes |%n",
                    step.word(),
                    TokenLife.timesInALife(step),
                    asked.units().writes(),
                    asked.units().reads(),
                    asked.auditBytes()));
        }
        return text.toString();
    }

    private static String quotas(TokenLife life) {
        var simulations = RATES.stream()
                .map(rate -> LoadSimulation.run(life, rate, DENY_HEADS, LISTING_SHARDS))
                .toList();
        var text = new StringBuilder("| quota (per second) | default |");
        RATES.forEach(rate -> text.append(String.format(Locale.ROOT, " %,d mints per second |", rate)));
        text.append("\n|---|---|").append("---|".repeat(RATES.size())).append('\n');
        for (var quota : Quota.values()) {
            text.append(String.format(Locale.ROOT, "| %s | %,.0f |", quota.words(), quota.limit()));
            simulations.forEach(run -> text.append(' ')
                    .append(verdict(quota, run.busiestSecond(quota)))
                    .append(" |"));
            text.append('\n');
        }
        return text.toString();
    }

    private static String verdict(Quota quota, double use) {
        var busiest = String.format(Locale.ROOT, "%,.0f", Math.ceil(use));
        if (use <= quota.limit()) {
            return busiest;
        }
        return quota.adjustable()
                ? String.format(Locale.ROOT, "%s: **ask for %,.0f**", busiest, roundedUp(use * ROOM))
                : busiest + ": **too much**";
    }

    /** To two digits. */
    private static double roundedUp(double value) {
        double step = Math.pow(10, Math.floor(Math.log10(value)) - 1);
        return Math.ceil(value / step) * step;
    }
}
