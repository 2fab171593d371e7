// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.step;

import io.taskbound.client.internal.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The {@code allow:} entry of a task that would admit the caller's run, indented for the policy file. */
final class ProposedRule {
    private static final Pattern READ_AS_PATTERN = Pattern.compile("[*{}]");

    private final UnverifiedClaims claims;
    private final CallerProfile caller;

    ProposedRule(UnverifiedClaims claims, CallerProfile caller) {
        this.claims = claims;
        this.caller = caller;
    }

    List<String> lines() {
        return unbindable()
                .map(name -> List.of("No rule is proposed: the value of " + name + " does not fit a rule as it is."))
                .orElseGet(this::entry);
    }

    private List<String> entry() {
        var lines = new ArrayList<String>();
        lines.add(
                "If all of this is right and this run should be allowed, propose this entry for the task in a pull request on the policy:");
        lines.add("    allow:");
        lines.add("      - provider: " + provider());
        lines.add("        claims:");
        caller.bound(claims)
                .forEach(name -> claim(name).ifPresent(line -> {
                    Optional.ofNullable(caller.notes().get(name)).ifPresent(note -> lines.add("          # " + note));
                    lines.add(line);
                }));
        caller.eventToName(claims).ifPresent(event -> {
            lines.add("          # Not let in unless named. Can outsiders start it?");
            claim(event).ifPresent(lines::add);
        });
        return lines;
    }

    private String provider() {
        return caller.name().orElse("NAME") + "  # the policy's name for "
                + claims.shown("iss").orElse("this issuer");
    }

    private Optional<String> claim(String name) {
        return claims.hasText(name)
                ? claims.asYaml(name).map(value -> "          " + name + ": " + spellings(name, value))
                : Optional.empty();
    }

    /** A name that ignores case is bound as it is and in lower case, as the next workflow may write it. */
    private String spellings(String name, String value) {
        var lower = value.toLowerCase(Locale.ROOT);
        return caller.ignoresCase().contains(name) && !lower.equals(value) ? "[" + value + ", " + lower + "]" : value;
    }

    /**
     * The tenant claim if there is none to bind, or one whose text a rule would read as a glob, or that no sane rule
     * holds.
     */
    private Optional<String> unbindable() {
        if (caller.tenants().stream().noneMatch(claims::hasText)) {
            return Optional.of(caller.tenants().get(0));
        }
        return caller.bound(claims).stream()
                .filter(name -> claims.raw(name).filter(ProposedRule::isUnfit).isPresent())
                .findFirst();
    }

    private static boolean isUnfit(String value) {
        return value.length() > Printable.MAX_LENGTH
                || READ_AS_PATTERN.matcher(value).find();
    }
}
