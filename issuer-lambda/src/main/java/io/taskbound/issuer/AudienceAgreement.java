// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.identity.IssuerDifference;
import io.taskbound.policy.FaultCode;
import io.taskbound.policy.Policy;
import java.util.List;

/**
 * Whether the providers' ID tokens are for this issuer by name. An audience that is not its URL works, but says of an
 * ID token no longer who may take it: each issuer with that audience exchanges the same ID token once.
 */
public final class AudienceAgreement {
    private AudienceAgreement() {}

    /** One sentence for each provider whose audience is another than the issuer's URL; a slash at the end is none. */
    public static List<String> warnings(Policy policy, String issuerUrl) {
        var own = withoutSlash(issuerUrl);
        return policy.providers().stream()
                .filter(provider -> !withoutSlash(provider.audience()).equals(own))
                .filter(provider -> policy.acceptances().stream()
                        .noneMatch(accepted -> accepted.code() == FaultCode.AUDIENCE_URL
                                && accepted.subject().equals("provider " + provider.name())))
                .map(provider -> "taskbound: the audience of provider " + provider.name() + " is "
                        + printable(provider.audience()) + " and not this issuer's URL, " + own
                        + IssuerDifference.small(provider.audience(), issuerUrl)
                                .map(small -> " (they differ by: " + small + ")")
                                .orElse("")
                        + ": clients ask for ID tokens for that URL by themselves, and any other issuer with that audience"
                        + " exchanges the same ID token once more. Write audience: "
                        + own + " in the policy, and ask the CI system for it.")
                .toList();
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static String printable(String text) {
        return text.replaceAll("[^ -~]", "?");
    }
}
