// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import java.util.List;
import java.util.Optional;

/**
 * That the issuer's page may log people in at a provider, by OpenID Connect with the code flow. The provider's audience
 * is then the client id: that is whom its ID tokens are for.
 *
 * @param scopes what is asked for; {@code openid} among them
 */
public record Login(List<String> scopes) {
    public static final List<String> DEFAULT_SCOPES = List.of("openid", "profile");
    public static final int MAX_SCOPES = 10;
    public static final int MAX_SCOPE_LENGTH = 64;

    public Login {
        scopes = List.copyOf(scopes);
        flaw(scopes).ifPresent(flaw -> {
            throw new IllegalArgumentException(flaw);
        });
    }

    /** What is wrong with such scopes; empty when they can be asked for. */
    public static Optional<String> flaw(List<String> scopes) {
        if (!scopes.stream().allMatch(Login::isScope)) {
            return Optional.of(
                    "holds something that is not a scope; a scope is printable ASCII without blanks, quotes and"
                            + " backslashes");
        }
        if (scopes.contains("offline_access")) {
            return Optional.of("asks for a refresh token (offline_access), which the page never uses");
        }
        return scopes.contains("openid")
                ? Optional.empty()
                : Optional.of("lacks openid, without which there is no ID token");
    }

    /** RFC 6749 section 3.3. */
    private static boolean isScope(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_SCOPE_LENGTH
                && text.chars().allMatch(c -> c > ' ' && c <= '~' && c != '"' && c != '\\');
    }
}
