// SPDX-License-Identifier: Apache-2.0
package io.taskbound.login;

import io.taskbound.identity.Provider;
import io.taskbound.json.JsonObject;
import io.taskbound.outbound.Call;
import io.taskbound.outbound.CallFailed;
import io.taskbound.outbound.OutboundHttp;
import io.taskbound.outbound.Reply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Exchanges a code for an ID token (RFC 6749 section 4.1.3, RFC 7636 section 4.5), as a public client: the verifier is
 * what proves that the code was asked for here.
 */
final class CodeExchange {
    /** RFC 6749 section 5.2, shortened to what providers use. */
    private static final Pattern ERROR_CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private final OutboundHttp http;
    private final String redirectUri;

    CodeExchange(OutboundHttp http, String redirectUri) {
        this.http = http;
        this.redirectUri = redirectUri;
    }

    String idToken(Provider provider, URI endpoint, String code, LoginAttempt attempt) throws LoginFailed {
        var form = new Parameters()
                .put("grant_type", "authorization_code")
                .put("code", code)
                .put("redirect_uri", redirectUri)
                .put("client_id", provider.audience())
                .put("code_verifier", attempt.verifier());
        var call = Call.post(
                        endpoint,
                        "application/x-www-form-urlencoded",
                        form.encoded().getBytes(StandardCharsets.UTF_8))
                .header("Accept", "application/json")
                .certifiedBy(provider.ca());
        try {
            return idToken(http.send(call, RelyingParty.PATIENCE));
        } catch (CallFailed failed) {
            throw new LoginFailed(LoginFailed.Kind.OUT_OF_REACH, "the token endpoint: " + failed.getMessage());
        }
    }

    private static String idToken(Reply reply) throws LoginFailed {
        var answer = reply.json().filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
        if (reply.status() == 200) {
            return answer.flatMap(json -> json.string("id_token"))
                    .orElseThrow(() -> new LoginFailed(
                            LoginFailed.Kind.OUT_OF_REACH, "the token endpoint's answer has no id_token"));
        }
        var error = answer.flatMap(json -> json.string("error")).filter(CodeExchange::isErrorCode);
        throw new LoginFailed(
                error.isPresent() ? LoginFailed.Kind.REFUSED : LoginFailed.Kind.OUT_OF_REACH,
                "the token endpoint answered " + reply.status() + suffix(error));
    }

    /** What has this form is safe to write into a log. */
    static boolean isErrorCode(String text) {
        return ERROR_CODE.matcher(text).matches();
    }

    private static String suffix(Optional<String> error) {
        return error.map(code -> " " + code).orElse("");
    }
}
