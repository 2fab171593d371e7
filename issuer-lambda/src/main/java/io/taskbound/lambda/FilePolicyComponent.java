// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.identity.KeyFetcher;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.issuer.PolicyTerms;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.policy.Fault;
import io.taskbound.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The policy as canonical JSON in a file that is packaged with the function. */
final class FilePolicyComponent implements Component<CurrentPolicy> {
    private final Path file;
    private final PolicyTerms terms;
    private final KeyFetcher fetcher;
    private final Optional<Policy> kept;

    private FilePolicyComponent(Path file, PolicyTerms terms, KeyFetcher fetcher, Optional<Policy> kept) {
        this.file = file;
        this.terms = terms;
        this.fetcher = fetcher;
        this.kept = kept;
    }

    /**
     * A file that was read once and is good. Of a start for a snapshot nothing stays: it is read again when the policy
     * is needed.
     *
     * @throws Settings.Unusable when it is absent, unreadable or invalid: the function does not start
     */
    static FilePolicyComponent checked(Path file, PolicyTerms terms, KeyFetcher fetcher, InitializationType kind) {
        var good = Optional.of(read(file, terms));
        return new FilePolicyComponent(file, terms, fetcher, good.filter(kept -> kind == InitializationType.ON_DEMAND));
    }

    @Override
    public CurrentPolicy open() throws NotReady {
        try {
            return new CurrentPolicy(kept.orElseGet(() -> read(file, terms)), fetcher);
        } catch (Settings.Unusable changedMeanwhile) {
            throw new NotReady(Missing.POLICY_REFUSED);
        }
    }

    private static Policy read(Path file, PolicyTerms terms) {
        try {
            var policy = Policy.load(StrictJson.parseObject(Files.readAllBytes(file)), 1)
                    .orElseThrow(faulty -> new Settings.Unusable(faulty.faults().stream()
                            .map(fault -> file + ": " + line(fault))
                            .toList()));
            terms.require(policy);
            return policy;
        } catch (IllegalArgumentException notByOurTerms) {
            throw new Settings.Unusable(List.of(file + ": " + notByOurTerms.getMessage()));
        } catch (IOException | MalformedJson unreadable) {
            throw new Settings.Unusable(List.of(Settings.POLICY_FILE + ": " + file + " cannot be read ("
                    + unreadable.getMessage() + "); package the canonical JSON of a checked policy"));
        }
    }

    private static String line(Fault fault) {
        return fault.path() + ": " + fault.message() + "; " + fault.remedy();
    }
}
