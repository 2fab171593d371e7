// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.resource;

import io.taskbound.client.TaskToken;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** RFC 9110 section 11.4: a scheme, one space, and the token68 of RFC 6750 section 2.1. */
final class PresentedFields {
    private static final Pattern CREDENTIALS = Pattern.compile("([A-Za-z]{1,16}) +([A-Za-z0-9._~+/-]+=*) *");
    private static final Pattern JWT = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+){2}");
    private static final int MAX_PROOF = 8 * 1024;

    private PresentedFields() {}

    /** Whether it has the form of a task token at all. */
    static boolean isJwt(TaskToken token) {
        return JWT.matcher(token.reveal()).matches();
    }

    static Presented read(List<String> authorization, List<String> dpop) {
        if (authorization.isEmpty()) {
            return new Presented.Nothing();
        }
        if (authorization.size() > 1) {
            return new Presented.Malformed("the request has more than one header Authorization");
        }
        var credentials = CREDENTIALS.matcher(authorization.get(0));
        var token = credentials.matches() ? TaskToken.received(credentials.group(2)) : Optional.<TaskToken>empty();
        var scheme = token.flatMap(there -> Scheme.named(credentials.group(1)));
        if (scheme.isEmpty()) {
            return new Presented.Malformed("the header Authorization is not `Bearer` or `DPoP` with one token");
        }
        return scheme.get() == Scheme.BEARER
                ? new Presented.Token(token.orElseThrow(), Scheme.BEARER, Optional.empty())
                : withProof(token.orElseThrow(), dpop);
    }

    /** RFC 9449 section 4.3, check 1. */
    private static Presented withProof(TaskToken token, List<String> dpop) {
        if (dpop.size() != 1) {
            return new Presented.Malformed("a request under the scheme DPoP needs exactly one header DPoP");
        }
        var proof = dpop.get(0).strip();
        if (proof.length() > MAX_PROOF || !JWT.matcher(proof).matches()) {
            return new Presented.Malformed("the header DPoP is not one JWT");
        }
        return new Presented.Token(token, Scheme.DPOP, Optional.of(proof));
    }
}
