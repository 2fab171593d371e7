// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

import io.taskbound.json.JsonObject;
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
import java.util.function.Function;
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
        return load(path, Optional.empty());
    }

    /** @param issuer the URL of the issuer that the policy is for, where it is known */
    public static Loaded load(Path path, Optional<String> issuer) {
        return load(path, document -> Policy.compile(document, VERSION, issuer));
    }

    /** The same without warnings, for who asks only what it decides: a third of the time is theirs. */
    public static Loaded loadWithoutWarnings(Path path) {
        return load(path, document -> Policy.load(document, VERSION));
    }

    /** The same for somebody who looks at it now: what time has overtaken, such as a window, is a warning. */
    public static Loaded load(Path path, Optional<String> issuer, Instant now) {
        return load(path, document -> Policy.compile(document, VERSION, issuer, Optional.of(now)));
    }

    private static Loaded load(Path path, Function<JsonObject, Policy.Compiled> compiler) {
        try {
            var sources = new ArrayList<SourceDocument>();
            for (var file : YamlFiles.in(path)) {
                sources.add(YamlFiles.read(file));
            }
            return sources.isEmpty() ? nothing(path, "the folder has no .yaml file") : load(sources, compiler);
        } catch (IOException | UncheckedIOException unreadable) {
            return nothing(path, "cannot be read");
        }
    }

    private static Loaded load(List<SourceDocument> sources, Function<JsonObject, Policy.Compiled> compiler) {
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
        return compiler.apply(whole.document())
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
