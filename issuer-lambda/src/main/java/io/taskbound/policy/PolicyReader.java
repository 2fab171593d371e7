// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.Profile;
import io.taskbound.identity.Provider;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads a whole document, section by section, and continues after a fault so that all faults are reported at once. */
final class PolicyReader {
    private static final int VERSION = 1;
    private static final String NO_ENTRIES = "{}";

    private final Faults faults;
    private final Optional<String> issuer;
    private final DocumentReader reader;
    private final Declared<Profile> profiles = new Declared<>("provider");
    private final Declared<ResourceServer> servers = new Declared<>("resource server");
    private final Declared<List<Rule>> callers = new Declared<>("caller");
    private final Declared<List<Approver>> approvers = new Declared<>("group of approvers");
    private final Map<String, Provider> providers = new LinkedHashMap<>();
    private final Map<String, Task> tasks = new LinkedHashMap<>();
    private final List<Hook> hooks = new ArrayList<>();
    private final List<Fragment> fragments = new ArrayList<>();

    PolicyReader(Faults faults) {
        this(faults, Optional.empty());
    }

    /** @param issuer the URL of the issuer that the policy is for, where it is known */
    PolicyReader(Faults faults, Optional<String> issuer) {
        this.issuer = issuer;
        this.faults = faults;
        this.reader = new DocumentReader(faults);
    }

    void read(JsonObject document) {
        var fields = Fields.of(
                new Place("", document),
                document,
                List.of(
                        "version",
                        "max_lifetime_ceiling",
                        "providers",
                        "resource_servers",
                        "callers",
                        "approvers",
                        "tasks",
                        "fragments",
                        "hooks"),
                faults);
        fields.require("version", "1").ifPresent(this::version);
        fields.require("providers", NO_ENTRIES).ifPresent(this::providers);
        fields.require("resource_servers", NO_ENTRIES).ifPresent(this::servers);
        var rules = new RuleReader(reader, faults, profiles);
        var callerPlaces =
                fields.find("callers").map(place -> callers(place, rules)).orElse(Map.of());
        var approverPlaces =
                fields.find("approvers").map(place -> approvers(place, rules)).orElse(Map.of());
        var limits = new LimitsReader(
                reader, faults, fields.find("max_lifetime_ceiling"), new ApprovalReader(reader, faults, approvers));
        fields.require("tasks", NO_ENTRIES).ifPresent(place -> tasks(place, rules, limits, fields.has("fragments")));
        fields.find("fragments").ifPresent(place -> fragments(place, rules, limits));
        fields.find("hooks").ifPresent(this::hooks);
        fields.find("resource_servers")
                .ifPresent(place -> warnUnused(DocumentReader.peek(place), servers, "resource server"));
        warnUnused(callerPlaces, callers, "caller");
        warnUnused(approverPlaces, approvers, "group of approvers");
    }

    private void version(Place place) {
        if (!(place.value() instanceof JsonNumber number)
                || number.wholeNumber().isEmpty()
                || number.wholeNumber().getAsLong() != VERSION) {
            faults.shape(FaultCode.BAD_VALUE, place, "must be " + VERSION, "write version: " + VERSION);
        }
    }

    private void providers(Place place) {
        var entries = new ProviderReader(reader, faults, issuer);
        reader.named(place).forEach((name, entry) -> {
            var read = entries.read(name, entry);
            profiles.put(name, read.profile());
            read.provider().ifPresent(provider -> providers.put(name, provider));
        });
        requireUnique(place, providers, Provider::issuer, "issuer");
    }

    private void servers(Place place) {
        var entries = new ServerReader(reader, faults, issuer);
        reader.named(place).forEach((name, entry) -> servers.put(name, entries.read(name, entry)));
        requireUnique(place, servers.read(), ResourceServer::audience, "audience");
    }

    private Map<String, Place> callers(Place place, RuleReader rules) {
        var entries = reader.named(place);
        entries.forEach((name, entry) -> {
            var read = new ArrayList<Rule>();
            reader.items(entry, 1, Integer.MAX_VALUE)
                    .forEach(item -> rules.read(item).ifPresent(read::add));
            callers.put(name, Optional.of(read));
        });
        return entries;
    }

    private Map<String, Place> approvers(Place place, RuleReader rules) {
        var groups = new ApproversReader(reader, faults, profiles, rules);
        var entries = reader.named(place);
        entries.forEach((name, entry) -> approvers.put(name, Optional.of(groups.group(entry))));
        return entries;
    }

    private void tasks(Place place, RuleReader rules, LimitsReader limits, boolean elsewhere) {
        var entries = new TaskReader(
                reader,
                new PermissionReader(reader, faults, servers),
                limits,
                new AllowReader(reader, faults, callers, rules),
                new ShadowedRules(faults),
                new Acceptances(reader, faults));
        var named = reader.named(place);
        named.forEach((name, entry) -> entries.read(name, entry).ifPresent(task -> tasks.put(name, task)));
        if (named.isEmpty() && !elsewhere) {
            faults.warning(FaultCode.NO_TASK, place, "this policy allows nothing", "write a task");
        }
    }

    private void fragments(Place place, RuleReader rules, LimitsReader limits) {
        var entries = new FragmentReader(reader, faults, rules, limits, servers, approvers);
        reader.named(place)
                .forEach((name, entry) -> entries.read(name, entry, tasks).ifPresent(fragments::add));
    }

    private void hooks(Place place) {
        var entries = new HookReader(reader, faults, profiles, providers);
        reader.named(place).forEach((name, entry) -> entries.read(name, entry).ifPresent(hooks::add));
    }

    private <T> void requireUnique(Place section, Map<String, T> entries, Function<T, String> key, String field) {
        var seen = new HashMap<String, String>();
        entries.forEach((name, entry) -> {
            var first = seen.putIfAbsent(key.apply(entry), name);
            if (first != null) {
                var place = DocumentReader.peek(section).getOrDefault(name, section);
                faults.error(
                        FaultCode.NOT_UNIQUE,
                        DocumentReader.peek(place).getOrDefault(field, place),
                        "is the same " + field + " as that of " + first,
                        "write one entry for each " + field);
            }
        });
    }

    private void warnUnused(Map<String, Place> places, Declared<?> declared, String what) {
        places.forEach((name, place) -> {
            if (!declared.isUsed(name)) {
                faults.warning(FaultCode.UNUSED, place, "no task uses this " + what, "name it in a task, or remove it");
            }
        });
    }

    Policy policy(PolicyVersion version) {
        return new Policy(
                version,
                List.copyOf(providers.values()),
                List.copyOf(servers.read().values()),
                tasks.values(),
                approvers.read(),
                hooks,
                fragments,
                faults.acceptances());
    }
}
