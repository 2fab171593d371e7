// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policytest;

import io.taskbound.cli.policy.Loaded;
import io.taskbound.cli.policy.LocatedFault;
import io.taskbound.cli.policy.Pointer;
import io.taskbound.cli.policy.PolicyFiles;
import io.taskbound.cli.policy.SourceDocument;
import io.taskbound.cli.policy.YamlFiles;
import io.taskbound.policy.FaultCode;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files of tests, asked of their policies. Nothing is asked while any of the files, or a policy, is faulty. */
final class TestRun {
    private final Optional<Path> policy;
    private final Instant now;
    private final List<LocatedFault> faults = new ArrayList<>();
    private final Map<Path, Loaded> policies = new LinkedHashMap<>();
    private final Map<Path, List<TestCase>> cases = new LinkedHashMap<>();

    /**
     * @param policy for all files, in place of the one that each names
     * @param now for cases whose answer does not depend on the time
     */
    TestRun(Optional<Path> policy, Instant now) {
        this.policy = policy;
        this.now = now;
    }

    /** Reads one file, or each of a folder; returns how many there are. */
    int read(Path path) throws IOException {
        var files = YamlFiles.in(path);
        for (var file : files) {
            var source = YamlFiles.read(file);
            faults.addAll(source.faults());
            if (source.faults().isEmpty()) {
                policyOf(source).ifPresent(named -> read(source, named));
            }
        }
        return files.size();
    }

    private void read(SourceDocument source, Path named) {
        var loaded = policies.computeIfAbsent(named, this::load);
        if (loaded instanceof Loaded.Ok ok) {
            var reader = new TableReader(source, ok.policy(), now);
            var table = reader.read();
            faults.addAll(reader.faults());
            cases.computeIfAbsent(named, any -> new ArrayList<>()).addAll(table.cases());
        }
    }

    private Loaded load(Path named) {
        var loaded = PolicyFiles.load(named);
        if (loaded instanceof Loaded.Faulty faulty) {
            faults.addAll(faulty.faults());
        }
        return loaded;
    }

    private Optional<Path> policyOf(SourceDocument source) {
        if (policy.isPresent()) {
            return policy.map(Path::normalize);
        }
        var named = TableReader.policy(source);
        try {
            var beside = source.file().resolveSibling(named.orElse("")).normalize();
            if (named.isPresent()) {
                return Optional.of(beside);
            }
        } catch (InvalidPathException noPath) {
            // No file has such a name.
        }
        var at = Pointer.member(Pointer.ROOT, "policy");
        faults.add(source.position(at)
                .error(
                        FaultCode.MISSING_FIELD,
                        at,
                        "the file does not say which policy it tests",
                        "write policy: ../policy.yaml, the path from this file, or give --policy"));
        return Optional.empty();
    }

    List<LocatedFault> faults() {
        return faults;
    }

    /** The answers; ask only when there are no faults. */
    List<TestedPolicy> answers() {
        var answers = new ArrayList<TestedPolicy>();
        policies.forEach((path, loaded) ->
                loaded.match(ok -> answers.add(asked(path, ok, cases.getOrDefault(path, List.of()))), faulty -> false));
        return answers;
    }

    private static TestedPolicy asked(Path path, Loaded.Ok loaded, List<TestCase> cases) {
        var coverage = new Coverage(loaded);
        var outcomes = cases.stream().map(test -> test.run(loaded.policy())).toList();
        outcomes.forEach(coverage::add);
        return new TestedPolicy(path, loaded.places(), outcomes, coverage);
    }
}
