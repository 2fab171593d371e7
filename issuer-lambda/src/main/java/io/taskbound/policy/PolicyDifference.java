// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.policy.Change.Effect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The differences between a policy and the one before it, by what the two decide and not by how they are written:
 * defaults are filled in, callers are expanded in the tasks that name them, and order does not matter.
 */
public final class PolicyDifference {
    private final List<Change> changes = new ArrayList<>();

    private PolicyDifference() {}

    /** @param before empty when nothing was in force */
    public static List<Change> between(Optional<Policy> before, Policy after) {
        var difference = new PolicyDifference();
        difference.section(
                "provider",
                before.map(Policy::providers).orElse(List.of()),
                after.providers(),
                provider -> provider.name().toString(),
                ProviderChanges::compare);
        difference.section(
                "resource server",
                before.map(Policy::servers).orElse(List.of()),
                after.servers(),
                server -> server.name().toString(),
                ServerChanges::compare);
        difference.section(
                "approvers",
                new TreeMap<>(before.map(Policy::approvers).orElse(Map.of())).entrySet(),
                new TreeMap<>(after.approvers()).entrySet(),
                Map.Entry::getKey,
                (old, now, noted) ->
                        ApproverChanges.compare(old.map(Map.Entry::getValue), now.map(Map.Entry::getValue), noted));
        difference.section(
                "task",
                before.map(Policy::tasks).orElse(List.of()),
                after.tasks(),
                task -> task.name()
                        + task.fragment().map(name -> " of fragment " + name).orElse(""),
                TaskChanges::compare);
        difference.section(
                "fragment",
                before.map(Policy::fragments).orElse(List.of()),
                after.fragments(),
                Fragment::name,
                PolicyDifference::fragment);
        difference.section(
                "hook",
                before.map(Policy::hooks).orElse(List.of()),
                after.hooks(),
                hook -> hook.name().toString(),
                HookChanges::compare);
        difference.acceptances(before.map(Policy::acceptances).orElse(List.of()), after.acceptances());
        return List.copyOf(difference.changes);
    }

    /** A cap decides nothing by itself; but it says what may be written next, so a reviewer should know. */
    private static void fragment(Optional<Fragment> before, Optional<Fragment> after, Noted noted) {
        if (before.isEmpty()) {
            noted.other("is new: a team writes its own tasks within its cap");
        } else if (after.isEmpty()) {
            noted.other("is gone");
        } else if (!before.equals(after)) {
            noted.other("another cap: other tasks may be written in it");
        }
    }

    /**
     * Compares one entry with the one that had its name; the first is empty when it is new, the second when it is gone.
     */
    @FunctionalInterface
    private interface Comparison<T> {
        void compare(Optional<T> before, Optional<T> after, Noted noted);
    }

    private <T> void section(
            String kind, Iterable<T> before, Iterable<T> after, Function<T, String> name, Comparison<T> comparison) {
        var old = byName(before, name);
        var now = byName(after, name);
        now.forEach((key, entry) ->
                comparison.compare(Optional.ofNullable(old.get(key)), Optional.of(entry), noted(kind, key)));
        old.forEach((key, entry) -> {
            if (!now.containsKey(key)) {
                comparison.compare(Optional.of(entry), Optional.empty(), noted(kind, key));
            }
        });
    }

    /** They change no decision, but a reviewer should read each reason. */
    private void acceptances(List<Acceptance> before, List<Acceptance> after) {
        var old = new HashSet<>(before);
        var now = new HashSet<>(after);
        after.stream()
                .filter(acceptance -> !old.contains(acceptance))
                .forEach(acceptance -> noted(acceptance.subject()).other("accepts " + acceptance.words()));
        before.stream()
                .filter(acceptance -> !now.contains(acceptance))
                .forEach(acceptance -> noted(acceptance.subject()).other("no longer accepts " + acceptance.words()));
    }

    private Noted noted(String subject) {
        return (effect, words) -> changes.add(new Change(subject, effect, words));
    }

    private Noted noted(String kind, String name) {
        return (effect, words) -> changes.add(new Change(kind + " " + name, effect, words));
    }

    private static <T> Map<String, T> byName(Iterable<T> entries, Function<T, String> name) {
        var byName = new LinkedHashMap<String, T>();
        entries.forEach(entry -> byName.put(name.apply(entry), entry));
        return byName;
    }

    /** Takes what is found of one entry. */
    @FunctionalInterface
    interface Noted {
        void note(Effect effect, String words);

        default void wider(String words) {
            note(Effect.WIDER, words);
        }

        default void narrower(String words) {
            note(Effect.NARROWER, words);
        }

        default void other(String words) {
            note(Effect.OTHER, words);
        }

        /** Notes {@code a -> b}, by the sign of the comparison: more than 0 is wider. */
        default void step(int comparison, String what, String before, String after) {
            step(comparison, "", "", what, before, after);
        }

        /** The same, with what it means to begin with. */
        default void step(int comparison, String wider, String narrower, String what, String before, String after) {
            if (!before.equals(after)) {
                var meaning = comparison > 0 ? wider : comparison < 0 ? narrower : "";
                note(
                        comparison > 0 ? Effect.WIDER : comparison < 0 ? Effect.NARROWER : Effect.OTHER,
                        meaning + what + " " + before + " -> " + after);
            }
        }
    }

    static String listed(Iterable<String> texts) {
        var all = new ArrayList<String>();
        texts.forEach(all::add);
        return all.stream().map(Shown::text).collect(Collectors.joining(", "));
    }
}
