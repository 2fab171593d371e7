// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import io.taskbound.client.IssuerUrl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A form with the defaults of the configuration. What cannot be meant is refused with one sentence before anything is
 * asked: a token that its block cannot find would only have to be closed again.
 *
 * @param expand what a target's variables stand for; a Pipeline has expanded them by itself
 */
record FilledForm(TaskForm form, UnaryOperator<String> expand) {
    FilledForm(TaskForm form) {
        this(form, UnaryOperator.identity());
    }

    TokenRequest request() throws AbortException {
        TaskboundConfiguration defaults = TaskboundConfiguration.get();
        String known = orDefault("issuer", form.getIssuer(), defaults.getIssuer());
        requireAllowed(known);
        return new TokenRequest(
                known,
                orDefault("credentialsId", form.getCredentialsId(), defaults.getCredentialsId()),
                form.getTask(),
                targets(),
                first(form.getLifetime(), defaults.getLifetime(), ""),
                first(form.getLease(), defaults.getLease(), TaskboundConfiguration.DEFAULT_LEASE));
    }

    Delivery delivery() throws AbortException {
        Optional<String> objection = VariableName.objection(variable());
        if (objection.isPresent()) {
            throw StepArguments.wrong(objection.get());
        }
        return new Delivery(variable(), form.isFile());
    }

    /** The variable that is filled in, or the usual one; not checked. */
    String variable() {
        return first(form.getVariable(), null, form.isFile() ? VariableName.TOKEN_FILE : VariableName.TOKEN);
    }

    /** How long to wait for people; empty where the form does not say. */
    Optional<Duration> approvalWait() throws AbortException {
        try {
            return Optional.ofNullable(form.getApprovalWait()).map(text -> StepDuration.readWait("approvalWait", text));
        } catch (IllegalArgumentException e) {
            throw StepArguments.wrong(e.getMessage());
        }
    }

    /** The requests come from the controller: it decides where to. */
    private static void requireAllowed(String issuer) throws AbortException {
        try {
            Refusals.requireAllowed(IssuerUrl.of(issuer));
        } catch (IllegalArgumentException e) {
            throw StepArguments.wrong(e.getMessage());
        }
    }

    private List<TaskTarget> targets() throws AbortException {
        requireWhole();
        List<TaskTarget> details = form.getDetails();
        if (details != null) {
            return details.stream().map(target -> target.expanded(expand)).toList();
        }
        var one = new TaskTarget(form.getIdentifier());
        one.setAction(form.getAction());
        return List.of(one.expanded(expand));
    }

    /** Names all that is missing at once: a form with nothing in it lacks two things. */
    private void requireWhole() throws AbortException {
        boolean several = form.getDetails() != null;
        var missing = new ArrayList<String>();
        if (form.getTask().isEmpty()) {
            missing.add("task");
        }
        if (form.getIdentifier() == null && !several) {
            missing.add("identifier");
        }
        if (!missing.isEmpty()) {
            throw new AbortException("withTaskToken needs " + String.join(" and ", missing)
                    + ", such as withTaskToken(task: 'sign-release', identifier: 'artifact:acme/app.jar')."
                    + " Several targets stand in details instead of identifier");
        }
        if (form.getIdentifier() != null && several) {
            throw new AbortException("withTaskToken takes either an identifier or details, not both");
        }
    }

    private static String orDefault(String name, @CheckForNull String own, @CheckForNull String common)
            throws AbortException {
        String found = first(own, common, "");
        if (found.isEmpty()) {
            throw new AbortException("withTaskToken needs '" + name
                    + "', as a parameter of the step or under Manage Jenkins, System, Taskbound");
        }
        return found;
    }

    private static String first(@CheckForNull String one, @CheckForNull String other, String last) {
        return one != null ? one : other != null ? other : last;
    }
}
