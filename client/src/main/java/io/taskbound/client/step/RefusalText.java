// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.step;

import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import io.taskbound.client.internal.Printable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What every client of ours prints when a task was refused: what to check, what was asked, who the caller's own ID
 * token says it is (read without verification, for display alone; never the token), the request id, whom to ask, and
 * the rule that would admit this run, or the usual reasons if none would. All foreign text is made printable, so no
 * claim can start a line of its own.
 */
public final class RefusalText {
    private static final String WHAT_TO_CHECK =
            " (check the task, the action, the target and the caller: the issuer does not tell which it was)";

    private static final Pattern ABOUT_THE_PROOF = Pattern.compile("subject_token|ID token");

    private static final String CLAIM_LINE = "  %-20s %s";

    private final IssuerUrl issuer;
    private final TaskRequest request;
    private final Optional<UnverifiedClaims> claims;
    private final MintAnswer.Refused refused;
    private final CallerProfiles profiles;
    private final Instant now;

    private RefusalText(
            IssuerUrl issuer,
            TaskRequest request,
            Optional<UnverifiedClaims> claims,
            MintAnswer.Refused refused,
            CallerProfiles profiles,
            Instant now) {
        this.issuer = issuer;
        this.request = request;
        this.claims = claims;
        this.refused = refused;
        this.profiles = profiles;
        this.now = now;
    }

    /** By the machine's clock. */
    public static String of(IssuerUrl issuer, TaskRequest request, IdToken idToken, MintAnswer.Refused refused) {
        return of(issuer, request, idToken, refused, Settings.clock().instant());
    }

    /**
     * Lines separated by line feeds, without one at the end.
     *
     * @param now by which the age of the ID token is told
     */
    public static String of(
            IssuerUrl issuer, TaskRequest request, IdToken idToken, MintAnswer.Refused refused, Instant now) {
        return of(issuer, request, idToken, refused, CallerProfiles.ofThisJar(), now);
    }

    static String of(
            IssuerUrl issuer,
            TaskRequest request,
            IdToken idToken,
            MintAnswer.Refused refused,
            CallerProfiles profiles,
            Instant now) {
        return new RefusalText(issuer, request, UnverifiedClaims.of(idToken), refused, profiles, now).text();
    }

    private String text() {
        var lines = new ArrayList<String>();
        lines.add("Refused by " + issuer + ": " + refused.refusal().code() + (isAboutTheRule() ? WHAT_TO_CHECK : ""));
        refused.refusal().description().ifPresent(text -> lines.add("  " + text));
        lines.add("Asked for:");
        request.details().forEach(detail -> lines.addAll(asked(detail)));
        lines.addAll(caller());
        lines.addAll(whomToAsk());
        lines.addAll(remedy());
        return String.join("\n", lines);
    }

    /** No rule allows it. A description that names the parameter says what is wrong with the request's form. */
    private boolean isAboutTheRule() {
        return refused.refusal().code().equals("invalid_authorization_details")
                && !description().contains("authorization_details");
    }

    /** A description of anything else says what is wrong with the request's form. */
    private boolean isAboutTheProof() {
        return refused.refusal().code().equals("invalid_request")
                && (description().isEmpty()
                        || ABOUT_THE_PROOF.matcher(description()).find());
    }

    private String description() {
        return refused.refusal().description().orElse("");
    }

    /** With what looks wrong with it, where that may be the reason. */
    private List<String> asked(TaskDetail detail) {
        boolean leftOut = detail.actions().isEmpty();
        String actions = leftOut ? "action (left out)" : String.join(", ", detail.actions());
        String places = detail.locations().isEmpty() ? "" : " at " + String.join(", ", detail.locations());
        var lines = new ArrayList<String>();
        lines.add("  " + Printable.of(detail.task() + ": " + actions) + " " + Printable.of(detail.identifier())
                + Printable.of(places));
        if (!isAboutTheRule()) {
            return lines;
        }
        if (leftOut) {
            lines.add("    The action can be left out only if the task permits exactly one on this target.");
        }
        TargetFlaw.of(detail.identifier()).ifPresent(flaw -> lines.add("    " + flaw.sentence()));
        return lines;
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
        var proof = new RefusedProof(issuer, claims, now);
        lines.add(String.format(Locale.ROOT, CLAIM_LINE, "aud", proof.audience()));
        lines.add(String.format(Locale.ROOT, CLAIM_LINE, "issued", proof.issued()));
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
        if (isAboutTheProof()) {
            return claims.map(this::proofReasons)
                    .orElseGet(() -> List.of("No rule would change this: the ID token itself was not accepted."));
        }
        if (refused.refusal().code().equals("invalid_target")) {
            return List.of("No rule would change this: the task has a resource server of its own."
                    + " Leave out resource and locations.");
        }
        if (ApprovalText.ended(refused).isPresent()) {
            return List.of("No rule would change this: a rule allows it, and it was not approved."
                    + " The ID token was not used up.");
        }
        if (refused.refusal().code().equals("access_denied")) {
            return List.of("No rule would change this: a rule allows it, and the sentence above says why it"
                    + " was refused. The ID token was not used up.");
        }
        if (!isAboutTheRule()) {
            return List.of("No rule would change this: the request itself was not accepted.");
        }
        if (request.details().stream()
                .anyMatch(detail -> TargetFlaw.of(detail.identifier())
                        .filter(TargetFlaw::spoilt)
                        .isPresent())) {
            return List.of("No rule is proposed: correct the target first.");
        }
        return claims.map(known -> new ProposedRule(known, profiles.of(known)).lines())
                .orElse(List.of());
    }

    private List<String> proofReasons(UnverifiedClaims known) {
        var lines = new ArrayList<String>();
        lines.add("No rule would change this: the ID token itself was not accepted. The usual reasons:");
        new RefusedProof(issuer, known, now).reasons().forEach(reason -> lines.add("  " + reason));
        return lines;
    }
}
