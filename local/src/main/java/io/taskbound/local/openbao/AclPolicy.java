// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.openbao;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An ACL policy: paths with capabilities, as the documentation writes them. A path may end with {@code *}, have the
 * segment {@code +}, and name metadata of the alias that the token was made for.
 *
 * @param slashes whether metadata that is put into a path may have a slash
 *     ({@code allow_slashes_in_identity_templates})
 */
record AclPolicy(List<Rule> rules, boolean slashes) {
    private static final Pattern RULE =
            Pattern.compile("path\\s+\"([^\"]+)\"\\s*\\{\\s*capabilities\\s*=\\s*\\[([^]]*)]\\s*}");
    private static final Pattern TEMPLATE =
            Pattern.compile("\\{\\{\\s*identity\\.entity\\.aliases\\.([\\w-]+)\\.metadata\\.([\\w-]+)\\s*}}");

    record Rule(String path, Set<String> capabilities) {}

    AclPolicy {
        rules = List.copyOf(rules);
    }

    static AclPolicy parse(String text, boolean slashes) throws BaoFault {
        var rules = new ArrayList<Rule>();
        var found = RULE.matcher(text.replaceAll("(?m)^\\s*#.*$", ""));
        var rest = new StringBuilder();
        while (found.find()) {
            var capabilities = found.group(2).replaceAll("[\\s\"]", "").split(",", -1);
            rules.add(new Rule(found.group(1), Set.of(capabilities)));
            found.appendReplacement(rest, "");
        }
        found.appendTail(rest);
        if (!rest.toString().isBlank() || rules.isEmpty()) {
            throw BaoFault.badRequest("failed to parse policy");
        }
        return new AclPolicy(rules, slashes);
    }

    /** @param metadata of the alias, by the accessor of its auth method */
    boolean allows(String path, String capability, String accessor, Map<String, String> metadata) {
        return rules.stream()
                .filter(rule -> rule.capabilities().contains(capability))
                .anyMatch(rule -> covers(rule.path(), path, accessor, metadata));
    }

    private boolean covers(String template, String path, String accessor, Map<String, String> metadata) {
        var found = TEMPLATE.matcher(template);
        var filled = new StringBuilder();
        while (found.find()) {
            var value = found.group(1).equals(accessor) ? metadata.getOrDefault(found.group(2), "") : "";
            if (value.isEmpty() || value.contains("*") || value.contains("+") || (value.contains("/") && !slashes)) {
                return false;
            }
            found.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        found.appendTail(filled);
        return matches(filled.toString(), path);
    }

    private static boolean matches(String pattern, String path) {
        boolean isPrefix = pattern.endsWith("*");
        var segments = (isPrefix ? pattern.substring(0, pattern.length() - 1) : pattern).split("/", -1);
        var regex = new ArrayList<String>();
        for (var segment : segments) {
            regex.add(segment.equals("+") ? "[^/]+" : Pattern.quote(segment));
        }
        return path.matches(String.join("/", regex) + (isPrefix ? ".*" : ""));
    }
}
