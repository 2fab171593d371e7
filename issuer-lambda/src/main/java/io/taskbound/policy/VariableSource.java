// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.Caller;
import io.taskbound.identity.Profile;
import java.util.Optional;

/**
 * Where a variable's value comes from when the rule does not give it: the caller's project, or a claim that the profile
 * lets a policy use so.
 *
 * @param idClaim the claim that a rule has to bind to use this one: names are given away and taken over, ids are not
 */
record VariableSource(String variable, String idClaim, boolean path) {

    static Optional<VariableSource> of(Profile profile, String variable) {
        if (variable.equals(VariableName.PROJECT)) {
            return profile.project().map(project -> new VariableSource(variable, project.id(), project.pathLike()));
        }
        return Optional.ofNullable(profile.ownable().get(variable))
                .map(claim -> new VariableSource(variable, claim.id(), claim.pathLike()));
    }

    /** The value, unless it is absent or could not stand in an identifier without changing what it means. */
    Optional<String> value(Caller caller) {
        return raw(caller).filter(value -> VariableValue.isValid(value, path));
    }

    Optional<String> raw(Caller caller) {
        return variable.equals(VariableName.PROJECT)
                ? caller.projectName()
                : caller.claims().string(variable);
    }
}
