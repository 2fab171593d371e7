// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.rules;

import io.taskbound.cli.policy.DocumentFields;
import io.taskbound.cli.policy.LocatedFault;
import io.taskbound.cli.policy.SourceDocument;
import io.taskbound.json.JsonNumber;
import io.taskbound.policy.FaultCode;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a file of rules. Every fault of it is found at once. */
final class RulesReader {
    private static final int MAX_RULES = 500;
    private static final String PUBLIC_URL = "public_url";
    private static final String RULES = "rules";
    private static final String OPEN = "open";

    private final SourceDocument source;
    private final List<LocatedFault> faults = new ArrayList<>();

    private RulesReader(SourceDocument source) {
        this.source = source;
    }

    static RulesFile read(SourceDocument source) {
        return source.faults().isEmpty() ? new RulesReader(source).read() : new RulesFile.Faulty(source.faults());
    }

    private RulesFile read() {
        var root = DocumentFields.of(source, faults, "version", PUBLIC_URL, RULES, OPEN);
        version(root);
        var publicUrl = publicUrl(root);
        var open = openPaths(root);
        var rules = rules(root);
        new Overlaps(root, rules).check(open);
        return faults.isEmpty()
                ? new RulesFile.Good(new RuleSet(
                        publicUrl.orElseThrow(),
                        rules.stream().map(ReadRule::rule).toList(),
                        Set.copyOf(open)))
                : new RulesFile.Faulty(faults.stream().distinct().toList());
    }

    private static void version(DocumentFields root) {
        root.requires("version", "1");
        if (root.value("version")
                .filter(value -> !(value instanceof JsonNumber number)
                        || number.wholeNumber().orElse(0) != 1)
                .isPresent()) {
            root.fault(FaultCode.BAD_VALUE, "version", "version must be 1", "write version: 1");
        }
    }

    private static Optional<URI> publicUrl(DocumentFields root) {
        root.requires(PUBLIC_URL, "https://tickets.acme.example");
        var text = root.text(PUBLIC_URL);
        if (text.filter(url -> !namesAHost(url)).isPresent()) {
            root.fault(
                    FaultCode.BAD_VALUE,
                    PUBLIC_URL,
                    "public_url must be https and a host in small letters, without a path or a slash at its end",
                    "write it like https://tickets.acme.example; http on this machine only, for tests");
            return Optional.empty();
        }
        return text.map(URI::create);
    }

    /** Not so https://a..b or https://1.2.3, for which no request could be. */
    private static boolean namesAHost(String url) {
        return RuleForm.PUBLIC_URL.matcher(url).matches() && URI.create(url).getHost() != null;
    }

    private static List<String> openPaths(DocumentFields root) {
        var paths = root.texts(OPEN);
        paths.stream()
                .filter(path -> path.length() > RuleFields.MAX_PATH
                        || !RuleForm.OPEN_PATH.matcher(path).matches()
                        || path.isEmpty())
                .findFirst()
                .ifPresent(path -> root.fault(
                        FaultCode.BAD_VALUE,
                        OPEN,
                        "a path in open has something else than letters, digits and ._~@+=,:- between its slashes, or"
                                + " a segment that ends with a dot",
                        "write whole paths like /healthz; there are no variables here"));
        if (new HashSet<>(paths).size() < paths.size()) {
            root.fault(FaultCode.LISTED_TWICE, OPEN, "a path is in open twice", "write it once");
        }
        return paths;
    }

    private static List<ReadRule> rules(DocumentFields root) {
        var items = root.items(RULES, RuleFields.NAMES);
        if (items.isEmpty() || items.size() > MAX_RULES) {
            root.fault(
                    FaultCode.BAD_LENGTH,
                    root.has(RULES) ? RULES : "",
                    "a file has 1 to " + MAX_RULES + " rules",
                    "write rules: with an entry for each kind of request");
        }
        var names = new HashSet<String>();
        var rules = new ArrayList<ReadRule>();
        for (var fields : items) {
            new RuleFields(fields, names).read().ifPresent(rule -> rules.add(new ReadRule(fields, rule)));
        }
        return rules;
    }
}
