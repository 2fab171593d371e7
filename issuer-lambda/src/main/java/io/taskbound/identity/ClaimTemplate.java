// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.json.JsonObject;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text of a profile with claims in it, such as {@code repo:${repository_owner_id}/${repository_id}}. It has a value only
 * when every claim is there and of the plain alphabet, so that two different runs can never spell the same text.
 */
final class ClaimTemplate {
    private static final Pattern SLOT = Pattern.compile("\\$\\{([^}]+)}");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*");
    private static final String PATH_MARK = "/";
    private static final String WHOLE_MARK = "=";

    private final String text;

    ClaimTemplate(String text) {
        this.text = text;
    }

    /** Fills the template; {@code origin} stands for {@code ${origin}}, the web address of the provider. */
    Optional<String> fill(JsonObject claims, String origin) {
        var slots = SLOT.matcher(text);
        var filled = new StringBuilder();
        while (slots.find()) {
            var value = slots.group(1).equals("origin") ? Optional.of(origin) : value(slots.group(1), claims);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            slots.appendReplacement(filled, Matcher.quoteReplacement(value.get()));
        }
        slots.appendTail(filled);
        return Optional.of(filled.toString());
    }

    /** {@code ${/x}} lets x be a path; {@code ${=x}} takes a string claim whole, which is unambiguous at the start only. */
    private static Optional<String> value(String slot, JsonObject claims) {
        if (slot.startsWith(WHOLE_MARK)) {
            return ClaimPath.parse(slot.substring(1)).textIn(claims).filter(value -> !value.isEmpty());
        }
        boolean path = slot.startsWith(PATH_MARK);
        var name = path ? slot.substring(1) : slot;
        return ClaimPath.parse(name)
                .textIn(claims)
                .filter(value -> (path ? PATH : PLAIN).matcher(value).matches());
    }
}
