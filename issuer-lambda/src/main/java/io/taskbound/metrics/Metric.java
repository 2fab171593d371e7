// SPDX-License-Identifier: Apache-2.0
package io.taskbound.metrics;

import java.util.Optional;

/** Every metric, its unit, and its dimension in addition to {@code Issuer}. docs/monitoring.md explains them. */
public enum Metric {
    REQUESTS("Requests", Unit.COUNT),
    TIME("Time", Unit.MILLISECONDS, "Event"),
    MINTED("Minted", Unit.COUNT),
    REFUSED("Refused", Unit.COUNT),
    REFUSED_BY_CODE("Refused", Unit.COUNT, "Code"),
    INACTIVE("Inactive", Unit.COUNT),
    UNAVAILABLE("Unavailable", Unit.COUNT),
    UNAVAILABLE_BY_PART("Unavailable", Unit.COUNT, "Part"),
    CLOSED("Closed", Unit.COUNT),
    CLOSED_BY_CAUSE("Closed", Unit.COUNT, "Cause"),
    OUTLIVED("Outlived", Unit.COUNT),
    LIFE_USED("LifeUsed", Unit.SECONDS),
    LIFE_GRANTED("LifeGranted", Unit.SECONDS),
    KEYS_TIME("KeysTime", Unit.MILLISECONDS),
    POLICY_TIME("PolicyTime", Unit.MILLISECONDS),
    LEDGER_TIME("LedgerTime", Unit.MILLISECONDS),
    SIGNER_TIME("SignerTime", Unit.MILLISECONDS),
    KEY_FETCHES("KeyFetches", Unit.COUNT),
    KEY_FETCHES_FAILED("KeyFetchesFailed", Unit.COUNT),
    STALE_KEYS("StaleKeys", Unit.COUNT),
    KEY_CHANGED("KeyChanged", Unit.COUNT),
    SIGNED_BUT_UNKNOWN("SignedButUnknown", Unit.COUNT),
    COPIED_TOKEN("CopiedToken", Unit.COUNT),
    POLICY_REFUSED("PolicyRefused", Unit.COUNT),
    COLD_STARTS("ColdStarts", Unit.COUNT),
    SWEEP_RUNS("SweepRuns", Unit.COUNT),
    SWEEP_ENDED("SweepEnded", Unit.COUNT),
    SWEEP_REARMED("SweepRearmed", Unit.COUNT),
    SWEEP_FAILED("SweepFailed", Unit.COUNT),
    SWEEP_BEHIND("SweepBehindSeconds", Unit.SECONDS),
    MISSING_CLOSES("MissingCloses", Unit.COUNT);

    /** Units as CloudWatch names them. */
    enum Unit {
        COUNT("Count"),
        MILLISECONDS("Milliseconds"),
        SECONDS("Seconds");

        private final String wire;

        Unit(String wire) {
            this.wire = wire;
        }

        String wire() {
            return wire;
        }
    }

    private final String wire;
    private final Unit unit;
    private final Optional<String> dimension;

    Metric(String wire, Unit unit) {
        this(wire, unit, Optional.empty());
    }

    Metric(String wire, Unit unit, String dimension) {
        this(wire, unit, Optional.of(dimension));
    }

    Metric(String wire, Unit unit, Optional<String> dimension) {
        this.wire = wire;
        this.unit = unit;
        this.dimension = dimension;
    }

    /** Its name in CloudWatch. */
    public String wire() {
        return wire;
    }

    public String unit() {
        return unit.wire();
    }

    /** The second dimension, where it has one. */
    public Optional<String> dimension() {
        return dimension;
    }
}
