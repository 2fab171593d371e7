// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import java.util.Arrays;
import java.util.Random;

/**
 * Seconds of an issuer's day: steps arrive at random (Poisson), for ten seconds of each minute three times as often, as
 * schedules make them; each lives as {@link TokenLife} says. Tells the busiest second for each quota.
 */
final class LoadSimulation {
    private static final int SECONDS = 600;
    /** Lives that began before are not there yet. */
    private static final int SETTLED = 120;

    private static final int LIFE = 45;
    private static final int BEAT = 20;
    private static final int BURST_SECONDS = 10;
    private static final int MINUTE = 60;
    private static final int BURST = 3;
    /** What part of all steps the busiest task has. */
    private static final double BUSIEST_TASK = 0.5;

    private final TokenLife life;
    private final double mintsASecond;
    private final int denyHeads;
    private final int listingShards;
    /** Seeded: the same figures each time. */
    private final Random random = new Random(20261124);

    /** By quota and second. */
    private final double[][] use = new double[Quota.values().length][SECONDS + LIFE + 1];

    private LoadSimulation(TokenLife life, double mintsASecond, int denyHeads, int listingShards) {
        this.life = life;
        this.mintsASecond = mintsASecond;
        this.denyHeads = denyHeads;
        this.listingShards = listingShards;
    }

    /** @param mintsASecond on average */
    static LoadSimulation run(TokenLife life, double mintsASecond, int denyHeads, int listingShards) {
        var simulation = new LoadSimulation(life, mintsASecond, denyHeads, listingShards);
        simulation.pass();
        return simulation;
    }

    double busiestSecond(Quota quota) {
        return Arrays.stream(use[quota.ordinal()], SETTLED, SECONDS).max().orElse(0);
    }

    private void pass() {
        // Ten busy seconds and fifty others, so that the mean is what was asked for.
        double quiet = mintsASecond * MINUTE / (MINUTE + (BURST - 1) * BURST_SECONDS);
        for (int second = 0; second < SECONDS; second++) {
            boolean busy = second % MINUTE < BURST_SECONDS;
            live(second, poisson(busy ? quiet * BURST : quiet));
        }
    }

    /** Redeems are spread over the life: services work at their own pace. */
    private void live(int second, int lives) {
        ask(second, TokenLife.Step.MINT, lives);
        add(Quota.KMS_SIGN, second, lives);
        add(Quota.LISTING, second, lives * BUSIEST_TASK / listingShards);
        for (int beat = 1; beat <= TokenLife.BEATS; beat++) {
            ask(second + beat * BEAT, TokenLife.Step.RENEW, lives);
        }
        for (int after = 1; after < LIFE; after++) {
            ask(second + after, TokenLife.Step.REDEEM, (double) lives / (LIFE - 1));
        }
        ask(second + LIFE, TokenLife.Step.CLOSE, lives);
    }

    private void ask(int second, TokenLife.Step step, double times) {
        var units = life.asked(step).units();
        add(Quota.API, second, times);
        // Little's law: requests a second by seconds each.
        add(Quota.CONCURRENCY, second, times * seconds(step));
        add(Quota.TABLE_READS, second, times * units.reads());
        add(Quota.TABLE_WRITES, second, times * units.writes());
        if (units.reads() > 0) {
            add(Quota.DENY_HEAD, second, times / denyHeads);
        }
    }

    private static double seconds(TokenLife.Step step) {
        return step == TokenLife.Step.MINT ? Assumed.MINT_KMS : Assumed.OTHER_REQUEST;
    }

    private void add(Quota quota, int second, double amount) {
        use[quota.ordinal()][second] += amount;
    }

    /** Knuth's method for few, the normal approximation for many. */
    private int poisson(double mean) {
        if (mean > 200) {
            return (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}
