// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.dev;

import io.taskbound.local.ClaimSet;
import io.taskbound.local.StandInProvider;
import java.util.regex.Pattern;

/**
 * A CI run in short: {@code github:acme/shop@main}, {@code gitlab:acme/shop@main},
 * {@code jenkins:shop/release/main@42}.
 *
 * @param provider a provider of the policy by name, or by profile
 * @param at a branch; a Jenkins build number
 */
record ShortCaller(String provider, String project, String at) {
    private static final Pattern FORM = Pattern.compile("([a-z0-9-]+):([A-Za-z0-9._/-]+)@([A-Za-z0-9._/-]+)");
    private static final Pattern TWO_PARTS = Pattern.compile("[^/]+/.*[^/]");

    static ShortCaller parse(String text) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("write the caller like github:acme/shop@main");
        }
        return new ShortCaller(match.group(1), match.group(2), match.group(3));
    }

    /** The claims of such a run of this kind of CI system. */
    ClaimSet claims(String profile, StandInProvider standIn) {
        return switch (profile) {
            case "github" -> standIn.github(ownedProject(), at);
            case "gitlab" -> standIn.gitlab(ownedProject(), at);
            case "jenkins" -> standIn.jenkins(project, buildNumber());
            default ->
                throw new IllegalArgumentException("there is no short form for the profile " + profile
                        + "; give its claims with `taskbound dev id-token --claims FILE`");
        };
    }

    private String ownedProject() {
        if (!TWO_PARTS.matcher(project).matches()) {
            throw new IllegalArgumentException("the project needs an owner, like acme/shop");
        }
        return project;
    }

    private int buildNumber() {
        try {
            return Integer.parseInt(at);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("after @ comes the build number, like jenkins:shop/release/main@42", e);
        }
    }
}
