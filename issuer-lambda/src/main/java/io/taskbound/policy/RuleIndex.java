// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.Caller;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Finds rules without looking at each: those that can admit a caller at all, those of the caller's tenant, and those
 * that can be wider than another rule. Each rule is kept under the one of its conditions whose values the fewest rules
 * share: texts under themselves, patterns under their plain beginning or end. So a decision costs what the caller's own
 * rules cost, whether the others are of other repositories or of other branches of the same one.
 */
final class RuleIndex {
    private static final List<Integer> NONE = List.of();
    private static final int[] NOWHERE = {};

    /** Where rules look, and how long the beginnings and ends are that they are kept under. */
    private static final class Place {
        private final Condition condition;
        private final Set<Integer> beginnings = new TreeSet<>();
        private final Set<Integer> ends = new TreeSet<>();

        Place(Condition condition) {
            this.condition = condition;
        }
    }

    private final List<Rule> rules;
    private final Map<Lookup, List<Integer>> kept = new HashMap<>();
    private final Map<Lookup, List<Integer>> ofTenants = new HashMap<>();
    private final Map<String, Set<String>> tenantClaims = new HashMap<>();
    /** By provider and the name of the outermost claim, so that a caller's claims lead to them. */
    private final Map<String, Map<String, Map<String, Place>>> places = new HashMap<>();

    private final Map<String, Place> placesByName = new HashMap<>();

    private RuleIndex(List<Rule> rules) {
        this.rules = rules;
    }

    static RuleIndex of(List<Rule> rules) {
        var index = new RuleIndex(rules);
        var shared = new HashMap<Lookup, Integer>();
        for (var rule : rules) {
            for (var condition : rule.conditions()) {
                everything(rule, condition).forEach(lookup -> shared.merge(lookup, 1, Integer::sum));
            }
        }
        for (int i = 0; i < rules.size(); i++) {
            index.keep(i, rules.get(i), shared);
        }
        return index;
    }

    private void keep(int position, Rule rule, Map<Lookup, Integer> shared) {
        for (var tenant : rule.tenants()) {
            tenantClaims
                    .computeIfAbsent(rule.provider().value(), any -> new TreeSet<>())
                    .add(tenant.name());
            tenant.values().texts().forEach(text -> add(ofTenants, text(place(rule, tenant), text), position));
        }
        int fewest = Integer.MAX_VALUE;
        Condition rarest = null;
        for (var condition : rule.conditions()) {
            int most = 0;
            for (var lookup : chosen(rule, condition, shared)) {
                most = Math.max(most, shared.getOrDefault(lookup, 0));
            }
            if (most > 0 && most < fewest) {
                fewest = most;
                rarest = condition;
            }
        }
        if (rarest != null) {
            keepUnder(rarest, position, rule, shared);
        }
    }

    private void keepUnder(Condition rarest, int position, Rule rule, Map<Lookup, Integer> shared) {
        var name = place(rule, rarest);
        var place = placesByName.computeIfAbsent(name, any -> new Place(rarest));
        places.computeIfAbsent(rule.provider().value(), any -> new HashMap<>())
                .computeIfAbsent(rarest.outermost(), any -> new HashMap<>())
                .put(name, place);
        for (var lookup : chosen(rule, rarest, shared)) {
            add(kept, lookup, position);
            if (lookup.kind() == Lookup.Kind.BEGINNING) {
                place.beginnings.add(lookup.text().length());
            } else if (lookup.kind() == Lookup.Kind.END) {
                place.ends.add(lookup.text().length());
            }
        }
    }

    private static void add(Map<Lookup, List<Integer>> to, Lookup lookup, int position) {
        to.computeIfAbsent(lookup, any -> new ArrayList<>(1)).add(position);
    }

    private static String place(Rule rule, Condition condition) {
        return rule.provider().value() + "\n" + condition.where();
    }

    private static Lookup text(String place, String text) {
        return new Lookup(place, Lookup.Kind.TEXT, text);
    }

    /** Every way in which a condition's values could be kept; a pattern by its beginning and by its end. */
    private static Collection<Lookup> everything(Rule rule, Condition condition) {
        var place = place(rule, condition);
        var lookups = new LinkedHashSet<Lookup>();
        condition.values().texts().forEach(text -> lookups.add(text(place, text)));
        condition.values().others().forEach(other -> lookups.add(other(place, other)));
        condition.values().globs().forEach(glob -> {
            lookups.add(beginning(place, glob));
            lookups.add(end(place, glob));
        });
        return lookups;
    }

    /** The ways in which they are kept; a pattern by what fewer rules share. */
    private static Collection<Lookup> chosen(Rule rule, Condition condition, Map<Lookup, Integer> shared) {
        var place = place(rule, condition);
        var lookups = new LinkedHashSet<Lookup>();
        condition.values().texts().forEach(text -> lookups.add(text(place, text)));
        condition.values().others().forEach(other -> lookups.add(other(place, other)));
        condition.values().globs().forEach(glob -> {
            var beginning = beginning(place, glob);
            var end = end(place, glob);
            lookups.add(shared.getOrDefault(end, 0) < shared.getOrDefault(beginning, 0) ? end : beginning);
        });
        return lookups;
    }

    private static Lookup beginning(String place, Glob glob) {
        return new Lookup(place, Lookup.Kind.BEGINNING, glob.beginning());
    }

    private static Lookup end(String place, Glob glob) {
        return new Lookup(place, Lookup.Kind.END, glob.end());
    }

    private static Lookup other(String place, JsonValue value) {
        return new Lookup(place, Lookup.Kind.OTHER, JsonText.of(value));
    }

    /** Positions of the rules that the caller's claims lead to, lowest first. */
    int[] candidates(Caller caller) {
        var ofProvider = places.get(caller.provider().value());
        if (ofProvider == null) {
            return NOWHERE;
        }
        var found = new Positions();
        for (var claim : caller.claims().members().keySet()) {
            var here = ofProvider.get(claim);
            if (here != null) {
                here.forEach((name, place) ->
                        presented(place.condition, caller).forEach(value -> forValue(name, value, found)));
            }
        }
        return found.sorted();
    }

    /**
     * Positions of rules that are the caller's own, at most so many: those that its claims lead to, and of those that
     * name its tenant the first.
     */
    int[] own(Caller caller, int most) {
        int[] candidates = candidates(caller);
        int[] own = Arrays.copyOf(candidates, most);
        int count = Math.min(candidates.length, most);
        var provider = caller.provider().value() + "\n";
        for (var claim : tenantClaims.getOrDefault(caller.provider().value(), Set.of())) {
            var name = provider + Condition.where(List.of(claim), false);
            for (var value : values(claim, caller)) {
                var here = ofTenants.getOrDefault(text(name, value), NONE);
                for (int i = 0; i < here.size() && count < most; i++) {
                    own[count++] = here.get(i);
                }
            }
        }
        Arrays.sort(own, 0, count);
        return Arrays.copyOf(own, count);
    }

    /** Tells the position of every rule that can be wider than this one, perhaps twice; perhaps its own. */
    void wider(Rule narrow, IntConsumer listener) {
        for (var condition : narrow.conditions()) {
            var name = place(narrow, condition);
            var values = condition.values();
            // What one value of the narrower rule does not lead to does not hold all of them.
            if (!values.texts().isEmpty()) {
                forValue(name, new JsonString(values.texts().iterator().next()), listener);
            } else if (!values.globs().isEmpty()) {
                tell(beginning(name, values.globs().get(0)), listener);
                tell(end(name, values.globs().get(0)), listener);
            } else if (!values.others().isEmpty()) {
                tell(other(name, values.others().iterator().next()), listener);
            }
        }
    }

    Rule rule(int position) {
        return rules.get(position);
    }

    private void forValue(String name, JsonValue value, IntConsumer listener) {
        if (!(value instanceof JsonString string)) {
            tell(other(name, value), listener);
            return;
        }
        var text = string.value();
        tell(text(name, text), listener);
        var place = placesByName.get(name);
        if (place == null) {
            return;
        }
        for (int length : place.beginnings) {
            if (length <= text.length()) {
                tell(new Lookup(name, Lookup.Kind.BEGINNING, text.substring(0, length)), listener);
            }
        }
        for (int length : place.ends) {
            if (length <= text.length()) {
                tell(new Lookup(name, Lookup.Kind.END, text.substring(text.length() - length)), listener);
            }
        }
    }

    private void tell(Lookup lookup, IntConsumer listener) {
        for (int position : kept.getOrDefault(lookup, NONE)) {
            listener.accept(position);
        }
    }

    private static Collection<JsonValue> presented(Condition condition, Caller caller) {
        var claim = condition.claim(caller);
        if (claim.isEmpty()) {
            return List.of();
        }
        if (condition.isContains()) {
            return claim.get() instanceof JsonArray array ? new LinkedHashSet<>(array.items()) : List.of();
        }
        if (condition.isOn(Condition.SUBJECT)) {
            return values(Condition.SUBJECT, caller).stream()
                    .<JsonValue>map(JsonString::new)
                    .toList();
        }
        return List.of(claim.get());
    }

    private static Collection<String> values(String claim, Caller caller) {
        var presented = caller.claims().string(claim);
        if (presented.isEmpty()) {
            return List.of();
        }
        if (!claim.equals(Condition.SUBJECT)) {
            return List.of(presented.get());
        }
        var subjects = new TreeSet<>(caller.subjects());
        subjects.add(presented.get());
        return subjects;
    }

    /** Collects positions, and sorts them only where there are several. */
    private static final class Positions implements IntConsumer {
        private int[] found = NOWHERE;
        private int count;

        @Override
        public void accept(int position) {
            if (count == found.length) {
                found = Arrays.copyOf(found, Math.max(8, 2 * count));
            }
            found[count++] = position;
        }

        int[] sorted() {
            return count < 2
                    ? Arrays.copyOf(found, count)
                    : IntStream.of(Arrays.copyOf(found, count))
                            .sorted()
                            .distinct()
                            .toArray();
        }
    }
}
