// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.credential;

import io.taskbound.client.internal.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The members of an answer, each read by its rule; contract/credential.json has the rules by example. */
final class Members {
    private static final Pattern SECRET = Pattern.compile("[!-~]{1,16384}");
    private static final Pattern KEY_ID = Pattern.compile("\\w{16,128}");
    private static final Pattern TEXT = Pattern.compile("[!-~]{1,2048}");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9_.-]{1,100}/[A-Za-z0-9_.-]{1,100}");
    private static final Pattern PERMISSION = Pattern.compile("[a-z_]{1,64}");
    private static final Pattern LEVEL = Pattern.compile("read|write|admin");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    /** The last second of the year 9999, which every date format can write. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private final JsonObject body;
    private final JsonObject credential;

    private Members(JsonObject body, JsonObject credential) {
        this.body = body;
        this.credential = credential;
    }

    static Members of(JsonObject body) throws UnusableCredential {
        return new Members(body, body.object("credential").orElseThrow(() -> missing("credential")));
    }

    /** A member of {@code credential}. */
    String secret(String name) throws UnusableCredential {
        return checked("credential." + name, credential.text(name), SECRET);
    }

    String keyId(String name) throws UnusableCredential {
        return checked("credential." + name, credential.text(name), KEY_ID);
    }

    String text(String name) throws UnusableCredential {
        return checked(name, body.text(name), TEXT);
    }

    Optional<String> optionalText(String name) throws UnusableCredential {
        return body.has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    Optional<String> region() throws UnusableCredential {
        return body.has("region") ? Optional.of(checked("region", body.text("region"), REGION)) : Optional.empty();
    }

    Instant expiresAt() throws UnusableCredential {
        return body.whole("expires_at")
                .filter(second -> second > 0 && second <= LAST_SECOND)
                .map(Instant::ofEpochSecond)
                .orElseThrow(() -> missing("expires_at"));
    }

    boolean refresh() throws UnusableCredential {
        return body.flag("refresh").orElseThrow(() -> missing("refresh"));
    }

    List<String> repositories() throws UnusableCredential {
        var texts = body.texts("repositories").orElse(List.of());
        if (texts.isEmpty()) {
            throw missing("repositories");
        }
        for (var text : texts) {
            checked("repositories", Optional.of(text), REPOSITORY);
        }
        return texts;
    }

    Map<String, String> permissions() throws UnusableCredential {
        var object = body.object("permissions").orElseThrow(() -> missing("permissions"));
        var texts = object.textMembers();
        if (texts.isEmpty() || texts.size() != object.names().size()) {
            throw missing("permissions");
        }
        for (var one : texts.entrySet()) {
            checked("permissions", Optional.of(one.getKey()), PERMISSION);
            checked("permissions", Optional.of(one.getValue()), LEVEL);
        }
        return texts;
    }

    /** https, or http on a loopback address. */
    URI url(String name) throws UnusableCredential {
        var text = text(name);
        try {
            var uri = URI.create(text);
            if (isPlain(uri) && isSafe(uri)) {
                return uri;
            }
        } catch (IllegalArgumentException notAUrl) {
            throw notAUrl(name);
        }
        throw notAUrl(name);
    }

    /** Nothing but scheme, host and port. */
    URI origin(String name) throws UnusableCredential {
        var url = url(name);
        if (!url.getRawPath().isEmpty()) {
            throw new UnusableCredential(name + " must have no path");
        }
        return url;
    }

    private static boolean isPlain(URI uri) {
        return uri.getScheme() != null
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
    }

    private static boolean isSafe(URI uri) {
        var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        return scheme.equals("https")
                || (scheme.equals("http") && LOOPBACK.matcher(uri.getHost()).matches());
    }

    private static String checked(String name, Optional<String> value, Pattern form) throws UnusableCredential {
        var text = value.orElseThrow(() -> missing(name));
        if (!form.matcher(text).matches()) {
            throw new UnusableCredential(name + " holds a character that it may not have, or has not its length");
        }
        return text;
    }

    private static UnusableCredential missing(String name) {
        return new UnusableCredential(name + " is missing or of a wrong type");
    }

    private static UnusableCredential notAUrl(String name) {
        return new UnusableCredential(
                name + " must be https (plain http only on a loopback address), without user, query and fragment");
    }
}
