// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.CLOSED_BEFORE;
import static io.taskbound.ledger.Attributes.CLOSED_PROOFS;
import static io.taskbound.ledger.Attributes.ENDED;
import static io.taskbound.ledger.Attributes.TTL;

import io.taskbound.digest.Sha256;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The control item of a run. It also holds what was closed of single jobs: a handle names the run and not the job, so
 * only one item for all of them can be read together with the token.
 */
final class ControlItem {
    private static final String JOB = "#";
    private static final int JOB_BYTES = 12;

    private ControlItem() {}

    /** A job's name is the provider's, of any length and alphabet; in the item it is base64url of 12 bytes. */
    static String jobKey(String job) {
        return Sha256.base64Url(job, JOB_BYTES);
    }

    /** Closes everything of the run, or of one job, up to {@code at}; a later closing stays as it is. */
    static Update closing(String runKey, Optional<String> job, Instant at, long ttlEpochSeconds) {
        return moved(runKey, CLOSED_BEFORE + suffix(job), at, ttlEpochSeconds);
    }

    /** Closes proofs up to one that the provider's clock, running ahead of ours, has dated later than the closing. */
    static Update closingProofs(String runKey, Optional<String> job, Instant proofIssued, long ttlEpochSeconds) {
        return moved(runKey, CLOSED_PROOFS + suffix(job), proofIssued, ttlEpochSeconds);
    }

    /** Nothing more may be minted of the run; once is enough. */
    static Update ended(String runKey, long ttlEpochSeconds) {
        return Update.of(
                        "end run",
                        Key.control(runKey),
                        "attribute_not_exists(" + ENDED + ")",
                        "SET " + ENDED + " = :one, #ttl = :ttl")
                .withName("#ttl", TTL)
                .with(":one", 1L)
                .with(":ttl", ttlEpochSeconds);
    }

    private static Update moved(String runKey, String attribute, Instant to, long ttlEpochSeconds) {
        return Update.of(
                        "close all",
                        Key.control(runKey),
                        "attribute_not_exists(#closing) OR #closing < :to",
                        "SET #closing = :to, #ttl = :ttl")
                .withName("#closing", attribute)
                .withName("#ttl", TTL)
                .with(":to", to.toEpochMilli())
                .with(":ttl", ttlEpochSeconds);
    }

    private static String suffix(Optional<String> job) {
        return job.map(name -> JOB + jobKey(name)).orElse("");
    }

    static RunClosings read(Map<Key, Item> items, Key key) {
        return Optional.ofNullable(items.get(key)).map(ControlItem::read).orElse(RunClosings.NONE);
    }

    static RunClosings read(Item item) {
        return new RunClosings(
                control(item, "", item.has(ENDED)),
                jobs(item).stream().collect(Collectors.toMap(job -> job, job -> control(item, JOB + job, false))));
    }

    private static RunControl control(Item item, String suffix, boolean ended) {
        return new RunControl(
                item.optionalTime(CLOSED_BEFORE + suffix), item.optionalTime(CLOSED_PROOFS + suffix), ended);
    }

    private static Set<String> jobs(Item item) {
        var jobs = new HashSet<String>();
        for (var name : item.attributes().keySet()) {
            Stream.of(CLOSED_BEFORE + JOB, CLOSED_PROOFS + JOB)
                    .filter(name::startsWith)
                    .forEach(prefix -> jobs.add(name.substring(prefix.length())));
        }
        return jobs;
    }
}
