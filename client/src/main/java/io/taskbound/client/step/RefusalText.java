// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.step;

import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import io.taskbound.client.internal.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What every client of ours prints when a task was refused: what was asked, who the caller's own ID token says it is
 * (read without verification, for display alone; never the token), the request id, whom to ask, and the rule that would
 * admit this run. All foreign text is made printable, so no claim can start a line of its own.
 */
public final class RefusalText {
    /** Refusals that a rule can cure; the others are about the request or the ID token itself. */
    private static final Set<String> CURED_BY_A_RULE = Set.of("invalid_authorization_details", "invalid_target");

    private static final String CLAIM_LINE = "  %-20s %s";

    private final IssuerUrl issuer;
    private final TaskRequest request;
    private final Optional<UnverifiedClaims> claims;
    private final MintAnswer.Refused refused;
    private final CallerProfiles profiles;

    private RefusalText(
            IssuerUrl issuer,
            TaskRequest request,
            Optional<UnverifiedClaims> claims,
            MintAnswer.Refused refused,
            CallerProfiles profiles) {
        this.issuer = issuer;
        this.request = request;
        this.claims = claims;
        this.refused = refused;
        this.profiles = profiles;
    }

    /** Lines parted by line feeds, without one at the end. */
    public static String of(IssuerUrl issuer, TaskRequest request, IdToken idToken, MintAnswer.Refused refused) {
        return of(issuer, request, idToken, refused, CallerProfiles.ofThisJar());
    }

    static String of(
            IssuerUrl issuer,
            TaskRequest request,
            IdToken idToken,
            MintAnswer.Refused refused,
            CallerProfiles profiles) {
        return new RefusalText(issuer, request, UnverifiedClaims.of(idToken), refused, profiles).text();
    }

    private String text() {
        var lines = new ArrayList<String>();
        lines.add("Refused by " + issuer + ": " + refused.refusal().code());
        refused.refusal().description().ifPresent(text -> lines.add("  " + text));
        lines.add("Asked for:");
        request.details().forEach(detail -> lines.add("  " + asked(detail)));
        lines.addAll(caller());
        lines.addAll(whomToAsk());
        lines.addAll(remedy());
        return String.join("\n", lines);
    }

    private static String asked(TaskDetail detail) {
        String actions = detail.actions().isEmpty() ? "" : " " + String.join(", ", detail.actions());
        String places = detail.locations().isEmpty() ? "" : " at " + String.join(", ", detail.locations());
        return Printable.of(detail.task() + ":" + actions) + " " + Printable.of(detail.identifier())
                + Printable.of(places);
    }

    private List<String> caller() {
        return claims.map(this::caller).orElseGet(() -> List.of("The ID token is not a readable JWT."));
    }

    private List<String> caller(UnverifiedClaims claims) {
        CallerProfile caller = profiles.of(claims);
        var lines = new ArrayList<String>();
        lines.add("Your ID token says:");
        String iss = claims.shown("iss").orElse("no iss");
        lines.add(
                String.format(Locale.ROOT, CLAIM_LINE, "provider", caller.name().orElse("other") + " (" + iss + ")"));
        caller.shown()
                .forEach(name -> lines.add(String.format(
                        Locale.ROOT, CLAIM_LINE, name, claims.shown(name).orElse("(absent)"))));
        return lines;
    }

    private List<String> whomToAsk() {
        return refused.refusal()
                .requestId()
                .map(id -> List.of(
                        "Request id: " + id, "Ask the policy owner: taskbound policy explain --request-id " + id))
                .orElseGet(() -> List.of("The answer carried no request id."));
    }

    private List<String> remedy() {
        if (refused.afterLostAnswer()) {
            return List.of(
                    "An earlier try got no answer and may have been granted, which makes this one a replay.",
                    "Ask again with a new ID token.");
        }
        if (!CURED_BY_A_RULE.contains(refused.refusal().code())) {
            return List.of("No rule would change this: the request or the ID token itself was not accepted.");
        }
        return claims.map(known -> new ProposedRule(known, profiles.of(known)).lines())
                .orElse(List.of());
    }
}
