// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.openbao;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The members of a request's body. */
record Fields(Map<String, Object> members) {
    static Fields parse(String body) throws BaoFault {
        try {
            return new Fields(body.isBlank() ? Map.of() : JSONObjectUtils.parse(body));
        } catch (ParseException notJson) {
            throw BaoFault.badRequest("failed to parse JSON input");
        }
    }

    Optional<Object> get(String name) {
        return Optional.ofNullable(members.get(name));
    }

    String text(String name, String otherwise) {
        return get(name).map(Object::toString).orElse(otherwise);
    }

    boolean flag(String name) {
        return get(name).filter(Boolean.TRUE::equals).isPresent();
    }

    /** A list, or one text with commas. */
    List<String> texts(String name) {
        var value = get(name).orElse(List.of());
        return value instanceof List<?> list
                ? list.stream().map(Object::toString).toList()
                : List.of(value.toString().split(",", -1));
    }

    Map<String, Object> map(String name) {
        var copy = new LinkedHashMap<String, Object>();
        if (members.get(name) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> copy.put(key.toString(), value));
        }
        return copy;
    }

    /** Seconds, or a number with s, m or h; zero where there is none. */
    Duration duration(String name) throws BaoFault {
        var text = text(name, "0");
        var unit = text.charAt(text.length() - 1);
        try {
            return switch (unit) {
                case 's' -> Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)));
                case 'm' -> Duration.ofMinutes(Long.parseLong(text.substring(0, text.length() - 1)));
                case 'h' -> Duration.ofHours(Long.parseLong(text.substring(0, text.length() - 1)));
                default -> Duration.ofSeconds(Long.parseLong(text));
            };
        } catch (NumberFormatException noDuration) {
            throw BaoFault.badRequest("error converting input for field \"" + name + "\"");
        }
    }
}
