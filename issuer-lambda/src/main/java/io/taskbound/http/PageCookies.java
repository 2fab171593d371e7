// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.login.LoginAttempt;
import io.taskbound.login.LoginFailed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a browser remembers for the page: a login that has begun, and the ID token of who logged in, in one or two
 * cookies. There is no session anywhere else. Names begin with {@code __Host-} (RFC 6265bis section 4.1.3.2), so that
 * no other host can set them; an issuer on loopback speaks plain http, where browsers refuse that.
 */
final class PageCookies {
    /** As long as the person may take to log in. */
    private static final Duration ATTEMPT_LIFE = Duration.ofMinutes(10);

    /** The ID token's own age ends the session before, as a rule: for a computer that others use too. */
    private static final Duration SESSION_LIFE = Duration.ofMinutes(15);

    /** A browser keeps 4,096 bytes of one cookie (RFC 6265bis section 5.6), name and attributes counted. */
    private static final int PART = 3800;

    /** An API Gateway takes 10,240 bytes of headers in all. */
    static final int LONGEST = 2 * PART;

    private static final Pattern COMPACT_JWS = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private final boolean secure;
    private final String attempt;
    private final List<String> session;

    PageCookies(String issuerUrl) {
        this.secure = issuerUrl.startsWith("https:");
        var prefix = secure ? "__Host-" : "";
        this.attempt = prefix + "taskbound-login";
        this.session = List.of(prefix + "taskbound-id-0", prefix + "taskbound-id-1");
    }

    /** The login that this browser began. */
    Optional<LoginAttempt> attempt(HttpRequest request) {
        return value(request, attempt).flatMap(LoginAttempt::parse);
    }

    /** The ID token that this browser holds, with nothing checked. */
    Optional<String> idToken(HttpRequest request) {
        return value(request, session.get(0))
                .map(first -> first + value(request, session.get(1)).orElse(""))
                .filter(text -> COMPACT_JWS.matcher(text).matches());
    }

    /** Sent along when the provider sends the person back, which is another site's link: hence Lax. */
    List<String> begin(LoginAttempt begun) {
        return List.of(cookie(attempt, begun.text(), ATTEMPT_LIFE, "Lax"));
    }

    /** Sent along from our own pages only. */
    List<String> loggedIn(String idToken) throws LoginFailed {
        if (idToken.length() > LONGEST) {
            throw new LoginFailed(
                    LoginFailed.Kind.TOO_LONG, "the ID token has " + idToken.length() + " characters, of " + LONGEST);
        }
        var first = idToken.substring(0, Math.min(PART, idToken.length()));
        var rest = idToken.substring(first.length());
        return List.of(
                cookie(session.get(0), first, SESSION_LIFE, "Strict"),
                rest.isEmpty() ? gone(session.get(1)) : cookie(session.get(1), rest, SESSION_LIFE, "Strict"),
                gone(attempt));
    }

    /** For a login that failed: its attempt is over. */
    List<String> noAttempt() {
        return List.of(gone(attempt));
    }

    List<String> loggedOut() {
        return session.stream().map(this::gone).toList();
    }

    private String gone(String name) {
        return cookie(name, "", Duration.ZERO, "Strict");
    }

    private String cookie(String name, String value, Duration life, String sameSite) {
        return name + "=" + value + "; Path=/; Max-Age=" + life.toSeconds() + "; HttpOnly; SameSite=" + sameSite
                + (secure ? "; Secure" : "");
    }

    /** A name that comes twice has no value that can be trusted: one of them was set from elsewhere. */
    private static Optional<String> value(HttpRequest request, String name) {
        var found = new ArrayList<String>();
        for (var header : request.headers("cookie")) {
            for (var pair : header.split(";")) {
                var parts = pair.strip().split("=", 2);
                if (parts.length == 2 && parts[0].equals(name)) {
                    found.add(parts[1]);
                }
            }
        }
        return found.size() == 1 && !found.get(0).isEmpty() ? Optional.of(found.get(0)) : Optional.empty();
    }
}
