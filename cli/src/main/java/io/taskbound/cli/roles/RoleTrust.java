// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.roles;

import io.taskbound.cli.terminal.Printable;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is wrong with a role's trust policy for a role that only the issuer shall assume. Denying statements are not
 * weighed: a role that needs them lets in too much without them.
 */
final class RoleTrust {
    private static final String ASSUME = "sts:AssumeRole";
    private static final List<String> ALL_THREE = List.of(ASSUME, "sts:TagSession", "sts:SetSourceIdentity");
    private static final List<String> WAYS_IN =
            List.of(ASSUME, "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML", "sts:AssumeRoot");

    private final String issuer;
    private final List<Statement> allowing;

    private RoleTrust(String issuer, List<Statement> allowing) {
        this.issuer = issuer;
        this.allowing = allowing;
    }

    /**
     * @param issuer the ARN of the issuer's role
     * @return a sentence for each, with what to do
     */
    static List<String> flaws(String trustPolicy, String issuer) {
        try {
            var statements =
                    StrictJson.parseObject(trustPolicy.getBytes(StandardCharsets.UTF_8)).get("Statement").stream()
                            .flatMap(RoleTrust::statements)
                            .filter(Statement::allows)
                            .toList();
            return new RoleTrust(issuer, statements).flaws();
        } catch (MalformedJson unreadable) {
            return List.of("Its trust policy cannot be read.");
        }
    }

    private static Stream<Statement> statements(JsonValue written) {
        var all = written instanceof JsonArray array ? array.items() : List.of(written);
        return all.stream()
                .flatMap(each -> each instanceof JsonObject object ? Stream.of(new Statement(object)) : Stream.of());
    }

    private List<String> flaws() {
        var flaws = new ArrayList<String>();
        others().forEach(other -> flaws.add("It lets others in: " + other + ". Remove it from the trust policy."));
        if (allowing.stream().anyMatch(statement -> statement.isOpenEnded() && letsIn(statement))) {
            flaws.add("It names whom or what it does not allow (NotPrincipal, NotAction), and so lets in others."
                    + " Name the issuer's role and the three actions.");
        }
        for (var action : ALL_THREE) {
            if (allowing.stream().noneMatch(statement -> statement.names(action) && isForTheIssuer(statement))) {
                flaws.add("It does not allow the issuer's role " + action + " by name. Add it.");
            }
        }
        boolean anyTask = allowing.stream()
                .anyMatch(statement ->
                        statement.names(ASSUME) && isForTheIssuer(statement) && !statement.asksForTheTask());
        if (anyTask) {
            flaws.add("It gives the issuer sessions for any task. Add a condition on aws:RequestTag/taskbound:task,"
                    + " so that a fault in the policy opens it to no other.");
        }
        return flaws;
    }

    private boolean isForTheIssuer(Statement statement) {
        return statement.principals().contains(issuer);
    }

    private static boolean letsIn(Statement statement) {
        return WAYS_IN.stream().anyMatch(statement::names);
    }

    private Set<String> others() {
        var others = new LinkedHashSet<String>();
        for (var statement : allowing) {
            if (letsIn(statement)) {
                statement.principals().stream()
                        .filter(principal -> !principal.equals(issuer))
                        .forEach(principal -> others.add(described(principal)));
            }
        }
        return others;
    }

    private static String described(String principal) {
        if (principal.equals("*")) {
            return "everybody (*)";
        }
        if (principal.matches("[0-9]{12}|arn:[a-z-]+:iam::[0-9]{12}:root")) {
            return principal + ", which is everybody in that account whose own policies allow it";
        }
        return Printable.of(principal);
    }
}
