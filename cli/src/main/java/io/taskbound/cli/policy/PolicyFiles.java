// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

import io.taskbound.policy.Fault;
import io.taskbound.policy.FaultCode;
import io.taskbound.policy.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Loads a policy from a YAML file (JSON is YAML too), or from all {@code .yaml} and {@code .yml} files of a folder. */
public final class PolicyFiles {
    private static final long VERSION = 1;
    private static final Comparator<LocatedFault> READING_ORDER = Comparator.comparing(LocatedFault::file)
            .thenComparingInt(LocatedFault::line)
            .thenComparingInt(LocatedFault::column);

    private PolicyFiles() {}

    /** Every fault of every file at once; never throws for what is in the files, nor when there are none. */
    public static Loaded load(Path path) {
        return load(path, Optional.empty(), Optional.empty());
    }

    /** @param issuer the URL of the issuer that the policy is for, where it is known */
    public static Loaded load(Path path, Optional<String> issuer) {
        return load(path, issuer, Optional.empty());
    }

    /** The same for somebody who looks at it now: what time has overtaken, such as a window, is a warning. */
    public static Loaded load(Path path, Optional<String> issuer, Instant now) {
        return load(path, issuer, Optional.of(now));
    }

    private static Loaded load(Path path, Optional<String> issuer, Optional<Instant> now) {
        try {
            var sources = new ArrayList<SourceDocument>();
            for (var file : YamlFiles.in(path)) {
                sources.add(YamlFiles.read(file));
            }
            return sources.isEmpty() ? nothing(path, "the folder has no .yaml file") : load(sources, issuer, now);
        } catch (IOException | UncheckedIOException unreadable) {
            return nothing(path, "cannot be read");
        }
    }

    private static Loaded load(List<SourceDocument> sources, Optional<String> issuer, Optional<Instant> now) {
        var unreadable = new ArrayList<LocatedFault>();
        sources.forEach(source -> unreadable.addAll(source.faults()));
        if (!unreadable.isEmpty()) {
            return faulty(unreadable);
        }
        var joined = sources.size() == 1 ? sources.get(0) : Joining.join(sources);
        var fragments = FragmentFiles.inline(joined);
        var whole = KeyFiles.inline(fragments);
        var faults = new ArrayList<>(fragments.faults());
        if (!whole.faults().equals(fragments.faults())) {
            faults.addAll(whole.faults());
        }
        return Policy.compile(whole.document(), VERSION, issuer, now)
                .match(
                        ok -> {
                            var warnings = located(whole, ok.warnings());
                            return faults.isEmpty()
                                    ? new Loaded.Ok(
                                            whole.document(),
                                            ok.policy(),
                                            new Places(whole.file(), whole.positions()),
                                            inOrder(warnings))
                                    : faulty(both(faults, warnings));
                        },
                        faulty -> faulty(both(faults, located(whole, faulty.faults()))));
    }

    private static List<LocatedFault> located(SourceDocument source, List<Fault> faults) {
        return faults.stream()
                .map(fault -> source.position(fault.path()).at(fault))
                .toList();
    }

    private static Loaded nothing(Path path, String message) {
        return new Loaded.Faulty(List.of(Position.start(path)
                .error(FaultCode.FILE, Pointer.ROOT, message, "name a policy file, or a folder of .yaml files")));
    }

    private static Loaded faulty(List<LocatedFault> faults) {
        return new Loaded.Faulty(inOrder(faults));
    }

    private static List<LocatedFault> both(List<LocatedFault> some, List<LocatedFault> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static List<LocatedFault> inOrder(List<LocatedFault> faults) {
        return faults.stream().sorted(READING_ORDER).toList();
    }
}
