// SPDX-License-Identifier: Apache-2.0
package io.taskbound.github;

import io.taskbound.credential.GithubAccess;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A token as GitHub answered, of which nothing is known yet but that it can be used as one. */
final class MadeToken {
    /** Opaque: GitHub changed its form and length more than once. It has to fit into a header and a variable. */
    private static final Pattern FORM = Pattern.compile("[!-~]{16,4096}");
    /** Every token may read these, whatever was asked for. */
    private static final String ALWAYS = "metadata";

    private final String token;
    private final JsonObject answer;

    private MadeToken(String token, JsonObject answer) {
        this.token = token;
        this.answer = answer;
    }

    /** Empty when there is no token in it that could be used, nor revoked. */
    static Optional<MadeToken> read(Optional<JsonValue> answer) {
        if (answer.isPresent() && answer.get() instanceof JsonObject object) {
            return object.string("token")
                    .filter(token -> FORM.matcher(token).matches())
                    .map(token -> new MadeToken(token, object));
        }
        return Optional.empty();
    }

    String token() {
        return token;
    }

    /** Empty when GitHub's word for it is none. */
    Optional<Instant> until() {
        try {
            return answer.string("expires_at")
                    .map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }

    /**
     * In what it is not the token that was asked for, in our own words; empty when it opens exactly that.
     *
     * @param latest no token may live longer
     */
    Optional<String> difference(GithubAccess access, Instant now, Instant latest) {
        var until = until();
        if (until.isEmpty() || !until.get().isAfter(now) || until.get().isAfter(latest)) {
            return Optional.of("its expiry is not within an hour from now");
        }
        if (answer.string("repository_selection")
                .filter(selection -> !selection.equals("selected"))
                .isPresent()) {
            return Optional.of("it is for all repositories");
        }
        if (!hasTheRepositories(access)) {
            return Optional.of("it is for other repositories");
        }
        return permissions().filter(given -> areAsAsked(given, access)).isPresent()
                ? Optional.empty()
                : Optional.of("it has other permissions");
    }

    private boolean hasTheRepositories(GithubAccess access) {
        List<JsonValue> listed =
                answer.array("repositories").orElse(JsonArray.EMPTY).items();
        var names = new HashSet<String>();
        for (var item : listed) {
            if (!(item instanceof JsonObject repository) || !isOf(access, repository)) {
                return false;
            }
            names.add(repository.string("name").orElse("").toLowerCase(Locale.ROOT));
        }
        Set<String> asked = access.repositories().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return names.equals(asked) && listed.size() == asked.size();
    }

    private static boolean isOf(GithubAccess access, JsonObject repository) {
        var owner = repository.object("owner").orElse(JsonObject.EMPTY);
        var id = owner.wholeNumber("id");
        return id.isPresent()
                && Long.toString(id.getAsLong()).equals(access.ownerId())
                && owner.string("login")
                        .filter(login -> login.equalsIgnoreCase(access.owner()))
                        .isPresent();
    }

    /** By name; empty when one is no text. */
    Optional<Map<String, String>> permissions() {
        var permissions = new TreeMap<String, String>();
        for (var member :
                answer.object("permissions").orElse(JsonObject.EMPTY).members().entrySet()) {
            if (!(member.getValue() instanceof JsonString level)) {
                return Optional.empty();
            }
            permissions.put(member.getKey(), level.value());
        }
        return Optional.of(permissions);
    }

    private static boolean areAsAsked(Map<String, String> given, GithubAccess access) {
        var more = new HashMap<>(given);
        more.keySet().removeAll(access.permissions().keySet());
        var asked = new HashMap<>(given);
        asked.keySet().retainAll(access.permissions().keySet());
        return asked.equals(access.permissions()) && (more.isEmpty() || more.equals(Map.of(ALWAYS, "read")));
    }

    @Override
    public String toString() {
        return "MadeToken";
    }
}
