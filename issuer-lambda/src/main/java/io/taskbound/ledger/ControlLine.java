// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.digest.Sha256;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Of what a control item speaks, and who said it: the run or one of its jobs, its holders or a hook. Each has
 * attributes of its own, so that what a hook says neither replaces nor moves what somebody else has said.
 *
 * @param job as {@link #hash} names it; empty for the whole run
 * @param hook for whose tokens a hook's word counts: the {@link #hash} of their stable subject, or an empty text where
 *     the run's name itself holds the ids that the hook is bound to; empty for a holder's word, which counts for all
 */
record ControlLine(Optional<String> job, Optional<String> hook) {
    private static final int BYTES = 12;
    private static final String OF_ANY = "";
    private static final Pattern SUFFIX = Pattern.compile("(?:#([A-Za-z0-9_-]{16}))?(?:@([A-Za-z0-9_-]{0,16}))?");

    static final ControlLine OF_RUN = new ControlLine(Optional.empty(), Optional.empty());

    /** What the holders of a run's ID tokens say of it, or of their job. */
    static ControlLine ofHolders(Optional<String> job) {
        return new ControlLine(job.map(ControlLine::hash), Optional.empty());
    }

    static ControlLine ofHook(RunEnding ending) {
        return new ControlLine(
                ending.job().map(ControlLine::hash),
                Optional.of(ending.subject().map(ControlLine::hash).orElse(OF_ANY)));
    }

    /** Those that count for a token: of holders first. */
    static Stream<ControlLine> countingFor(Optional<String> job, String stableSubject) {
        var mark = hash(stableSubject);
        var jobs = Stream.concat(
                        Stream.of(Optional.<String>empty()), job.map(ControlLine::hash).map(Optional::of).stream())
                .toList();
        return Stream.of(Optional.<String>empty(), Optional.of(OF_ANY), Optional.of(mark))
                .flatMap(hook -> jobs.stream().map(of -> new ControlLine(of, hook)));
    }

    /** The line that an attribute with this end of its name belongs to. */
    static Optional<ControlLine> read(String suffix) {
        var found = SUFFIX.matcher(suffix);
        return found.matches()
                ? Optional.of(new ControlLine(Optional.ofNullable(found.group(1)), Optional.ofNullable(found.group(2))))
                : Optional.empty();
    }

    /** The end of its attributes' names. */
    String suffix() {
        return job.map(name -> "#" + name).orElse("") + bySuffix();
    }

    /** The same without the job: what is counted for all jobs of one speaker. */
    String bySuffix() {
        return hook.map(mark -> "@" + mark).orElse("");
    }

    boolean isOfHook() {
        return hook.isPresent();
    }

    /** Names are a provider's, of any length and alphabet; in the item they are base64url of 12 bytes. */
    static String hash(String name) {
        return Sha256.base64Url(name, BYTES);
    }
}
