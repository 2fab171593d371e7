// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import io.taskbound.client.internal.JsonObject;
import io.taskbound.client.internal.Printable;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * For whom an ID token must have been issued before it is shown to an issuer: for the issuer's URL, or for an audience
 * that was named beside it. Else whoever can change the issuer's URL collects ID tokens that are good elsewhere. One
 * trailing slash is ignored; {@code <audience>#<txn>}, as Jenkins' ID tokens have it, is as good as the audience.
 */
record IdTokenAudience(IssuerUrl issuer, List<String> named) {
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    IdTokenAudience {
        named = List.copyOf(named);
    }

    /**
     * Why the ID token is not to be sent, as a sentence without a full stop; empty when it may be.
     *
     * @param txn of the request, which alone may stand in the audience; without it any may
     */
    Optional<String> objection(IdToken idToken, Optional<UUID> txn) {
        if (idToken.unverifiedPayload().flatMap(JsonObject::parse).isEmpty()) {
            return Optional.of("the ID token is not a readable JWT");
        }
        List<String> audiences = idToken.unverifiedAudiences();
        if (audiences.isEmpty()) {
            return Optional.of("the ID token does not say for whom it is (aud)");
        }
        if (audiences.size() > 1) {
            return Optional.of("the ID token is for more than one audience");
        }
        String only = audiences.get(0);
        return isOurs(only) || isOursForOneTask(only, txn)
                ? Optional.empty()
                : Optional.of("the ID token is for " + Printable.quoted(shortened(only)));
    }

    private boolean isOurs(String audience) {
        return issuer.isNamedBy(audience)
                || named.stream().anyMatch(name -> withoutSlash(name).equals(withoutSlash(audience)));
    }

    private boolean isOursForOneTask(String audience, Optional<UUID> txn) {
        int mark = audience.lastIndexOf('#');
        String task = audience.substring(mark + 1);
        return mark >= 0
                && isOurs(audience.substring(0, mark))
                && txn.map(asked -> task.equals(asked.toString()))
                        .orElseGet(() -> UUID_FORM.matcher(task).matches());
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static String shortened(String text) {
        return text.length() <= Printable.MAX_LENGTH ? text : text.substring(0, Printable.MAX_LENGTH) + "...";
    }
}
