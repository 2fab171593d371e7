// SPDX-License-Identifier: Apache-2.0
package io.taskbound.contract;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonNull;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Writes the form that a request describes: the path's usual form with the changes of {@code with}. */
final class FormText {
    private final JsonObject setting;
    private final Play play;
    private final List<String> pairs = new ArrayList<>();

    private FormText(JsonObject setting, Play play) {
        this.setting = setting;
        this.play = play;
    }

    static String of(JsonObject request, JsonObject setting, Play play) {
        var form = new LinkedHashMap<String, JsonValue>();
        setting.object("forms")
                .flatMap(forms -> forms.object(request.string("post").orElseThrow()))
                .ifPresent(usual -> form.putAll(usual.members()));
        request.object("with").ifPresent(change -> form.putAll(change.members()));
        var text = new FormText(setting, play);
        form.forEach(text::add);
        return String.join("&", text.pairs);
    }

    private void add(String name, JsonValue value) {
        if (value instanceof JsonString text) {
            pair(name, text.value());
        } else if (value instanceof JsonObject object) {
            add(name, object);
        } else if (value != JsonNull.NULL) {
            throw new IllegalArgumentException("a parameter is text, null or one of json, of, repeat, long, many");
        }
    }

    private void add(String name, JsonObject value) {
        value.get("json").ifPresent(json -> pair(name, JsonText.of(json)));
        value.string("of").ifPresent(of -> pair(name, JsonText.of(details(of, value))));
        value.array("repeat")
                .ifPresent(items -> items.items().forEach(item -> pair(name, ((JsonString) item).value())));
        value.array("long").ifPresent(parts -> pair(name, repeated(parts)));
        value.wholeNumber("many").ifPresent(count -> {
            for (long n = 1; n <= count; n++) {
                pair(name.replace("{{n}}", Long.toString(n)), "1");
            }
        });
    }

    private static String repeated(JsonArray parts) {
        int times = Integer.parseInt(JsonText.of(parts.items().get(1)));
        return ((JsonString) parts.items().get(0)).value().repeat(times);
    }

    /**
     * Named authorization_details of the setting; {@code but} changes members of the first object, null takes one away.
     */
    private JsonValue details(String name, JsonObject value) {
        var named = setting.object("details").orElseThrow().array(name).orElseThrow();
        if (!value.has("but")) {
            return named;
        }
        var members = new LinkedHashMap<>(((JsonObject) named.items().get(0)).members());
        members.putAll(value.object("but").orElseThrow().members());
        members.values().removeIf(JsonNull.NULL::equals);
        return new JsonArray(List.of(new JsonObject(members)));
    }

    private void pair(String name, String value) {
        pairs.add(encoded(name) + "=" + encoded(play.filled(value)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
