// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.Caller;
import io.taskbound.identity.Profile;
import io.taskbound.identity.ProjectClaim;
import java.util.Optional;

/**
 * Where a variable's value comes from when the rule does not give it: the caller's project, or a claim that the profile
 * lets a policy use so.
 *
 * @param idClaim the claim that a rule has to bind to use this one: names are given away and taken over, ids are not
 * @param changingName the claim whose value is another after a rename, while the id stays
 */
record VariableSource(String variable, String idClaim, boolean path, Optional<String> changingName) {

    static Optional<VariableSource> of(Profile profile, String variable) {
        if (variable.equals(VariableName.PROJECT)) {
            return profile.project()
                    .map(project -> new VariableSource(
                            variable,
                            project.id(),
                            project.pathLike(),
                            Optional.of(project.name()).filter(name -> !name.equals(project.id()))));
        }
        return Optional.ofNullable(profile.ownable().get(variable))
                .map(claim -> new VariableSource(
                        variable,
                        claim.id(),
                        claim.pathLike(),
                        Optional.of(variable).filter(name -> !claim.immutable() && !name.equals(claim.id()))));
    }

    /** The value, unless it is absent or could not stand in an identifier without changing what it means. */
    Optional<String> value(Caller caller) {
        return raw(caller).filter(value -> VariableValue.isValid(value, path));
    }

    /** The claim that the value is, or is read from. */
    String claim(Profile profile) {
        return variable.equals(VariableName.PROJECT)
                ? profile.project().map(ProjectClaim::name).orElse(variable)
                : variable;
    }

    Optional<String> raw(Caller caller) {
        return variable.equals(VariableName.PROJECT)
                ? caller.projectName()
                : caller.claims().string(variable);
    }
}
