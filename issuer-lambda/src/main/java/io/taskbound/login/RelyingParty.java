// SPDX-License-Identifier: Apache-2.0
package io.taskbound.login;

import io.taskbound.identity.IdToken;
import io.taskbound.identity.Identity;
import io.taskbound.identity.IdentityVerifier;
import io.taskbound.identity.Login;
import io.taskbound.identity.Provider;
import io.taskbound.identity.Purpose;
import io.taskbound.identity.Verification;
import io.taskbound.outbound.OutboundHttp;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Logs people in by OpenID Connect (Core section 3.1): the authorization request with state, nonce and PKCE, and the
 * way back, which is believed only if it answers the attempt of this very browser, at the provider that was chosen, and
 * with an ID token that was made for it. Safe for use by many threads.
 */
public final class RelyingParty {
    /** For one call of a provider. */
    static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final int MAX_CODE = 4096;

    private final String redirectUri;
    private final Discovery discovery;
    private final CodeExchange exchange;

    /**
     * @param redirectUri where providers send people back to; registered with each of them
     * @param http reaches for the hosts of the policy's providers, and no others
     */
    public RelyingParty(String redirectUri, OutboundHttp http) {
        this.redirectUri = redirectUri;
        this.discovery = new Discovery(http);
        this.exchange = new CodeExchange(http, redirectUri);
    }

    /**
     * Where to send the browser.
     *
     * @param askAgain asks who it is, even of somebody who is already logged in there
     */
    public URI authorization(Provider provider, LoginAttempt attempt, boolean askAgain, Instant now)
            throws LoginFailed {
        var endpoint = discovery.of(provider, now).authorization();
        var scopes = provider.login().map(Login::scopes).orElse(Login.DEFAULT_SCOPES);
        var parameters = new Parameters()
                .put("response_type", "code")
                .put("client_id", provider.audience())
                .put("redirect_uri", redirectUri)
                .put("scope", String.join(" ", scopes))
                .put("state", attempt.state())
                .put("nonce", attempt.nonce())
                .put("code_challenge", attempt.challenge())
                .put("code_challenge_method", "S256");
        if (askAgain) {
            parameters.put("prompt", "login");
        }
        var separator = endpoint.getRawQuery() == null ? "?" : "&";
        return URI.create(endpoint + separator + parameters.encoded());
    }

    /**
     * The ID token of whoever logged in.
     *
     * @param attempt what this browser remembers
     * @param answer what it was sent back with
     * @return the text, which is a secret
     */
    public String idToken(
            Provider provider, LoginAttempt attempt, LoginAnswer answer, IdentityVerifier verifier, Instant now)
            throws LoginFailed {
        if (!answer.state().filter(attempt::isState).isPresent()) {
            throw notThisLogin("the state is not the one of the login cookie");
        }
        var endpoints = discovery.of(provider, now);
        requireSameProvider(provider, endpoints, answer);
        if (answer.error().isPresent()) {
            var code = answer.error().filter(CodeExchange::isErrorCode).orElse("an error without a code");
            throw new LoginFailed(LoginFailed.Kind.REFUSED, "the provider sent the browser back with " + code);
        }
        var code = answer.code()
                .filter(text -> text.length() <= MAX_CODE)
                .orElseThrow(() -> notThisLogin("there is no code"));
        var text = exchange.idToken(provider, endpoints.token(), code, attempt);
        requireGood(provider, attempt, identity(text, verifier, now));
        return text;
    }

    /** RFC 9207 section 2.4: a provider that names itself always does, so that no other can answer in its place. */
    private static void requireSameProvider(Provider provider, Endpoints endpoints, LoginAnswer answer)
            throws LoginFailed {
        boolean same = answer.issuer().map(provider.issuer()::equals).orElse(!endpoints.namesIssuer());
        if (!same) {
            throw new LoginFailed(
                    LoginFailed.Kind.OTHER_PROVIDER,
                    answer.issuer().isPresent()
                            ? "iss is not the issuer of provider " + provider.name()
                            : "iss is missing, which provider " + provider.name() + " always sends");
        }
    }

    private static Identity identity(String text, IdentityVerifier verifier, Instant now) throws LoginFailed {
        var verification = verifier.verify(IdToken.of(text), new Purpose.Exchange(Optional.empty()), now);
        if (verification instanceof Verification.Verified good) {
            return good.identity();
        }
        throw verification.<LoginFailed>match(
                verified -> bad("it is good"),
                rejected -> bad(rejected.reason().name().toLowerCase(Locale.ROOT)
                        + rejected.detail().map(detail -> ": " + detail).orElse("")),
                unavailable -> new LoginFailed(
                        LoginFailed.Kind.OUT_OF_REACH,
                        "the provider's keys: " + unavailable.why().text()));
    }

    private static void requireGood(Provider provider, LoginAttempt attempt, Identity identity) throws LoginFailed {
        var claims = identity.caller().claims();
        if (!identity.caller().provider().equals(provider.name())) {
            throw bad("the ID token is another provider's");
        }
        if (!claims.string("nonce").filter(attempt::isNonce).isPresent()) {
            throw bad("the nonce is not the one of the login cookie");
        }
        // OpenID Connect Core section 3.1.3.7: where it is there, it is the client's.
        if (claims.has("azp") && !claims.string("azp").equals(Optional.of(provider.audience()))) {
            throw bad("azp is another client");
        }
    }

    private static LoginFailed bad(String detail) {
        return new LoginFailed(LoginFailed.Kind.BAD_ID_TOKEN, detail);
    }

    private static LoginFailed notThisLogin(String detail) {
        return new LoginFailed(LoginFailed.Kind.NOT_THIS_LOGIN, detail);
    }
}
