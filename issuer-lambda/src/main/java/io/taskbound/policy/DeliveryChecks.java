// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.json.JsonString;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What a task may permit at a resource server of a kind. */
final class DeliveryChecks {
    private final Faults faults;

    DeliveryChecks(Faults faults) {
        this.faults = faults;
    }

    /** @param fields of an entry of {@code permissions} */
    void check(TaskPermission permission, Fields fields) {
        permission.server().delivery().ifPresent(delivery -> check(delivery, permission, fields));
    }

    private void check(Delivery delivery, TaskPermission permission, Fields fields) {
        if (delivery instanceof GithubApp app) {
            var permissions = new GithubPermissionChecks(faults);
            permission.actions().forEach(action -> permissions.check(action, place(fields, "actions", action)));
            targets(permission, fields, new GithubTargetChecks(faults, app)::check);
        } else if (delivery instanceof AwsRole role) {
            permission.actions().forEach(action -> mapped(role, action, place(fields, "actions", action), permission));
            targets(permission, fields, new AwsTargetChecks(faults, role)::check);
        } else {
            targets(permission, fields, this::withoutPlus);
        }
    }

    /** OpenBao's policies read it as any part of a path, so no login is for such an identifier. */
    private void withoutPlus(IdentifierPattern pattern, Place place) {
        if (pattern.parts().stream().anyMatch(part -> part.literal().orElse("").contains("+"))) {
            faults.error(
                    FaultCode.NO_RESOURCE,
                    place,
                    "has a +, which policies of OpenBao read as any part of a path",
                    "write identifiers without it");
        }
    }

    private void mapped(AwsRole role, String action, Place place, TaskPermission permission) {
        var iam = Optional.ofNullable(role.actions().get(action));
        if (iam.isEmpty()) {
            faults.error(
                    FaultCode.UNMAPPED_ACTION,
                    place,
                    permission.server().name() + " does not say which IAM actions " + Shown.text(action)
                            + " stands for",
                    Spelling.nearest(action, role.actions().keySet())
                            .map(meant -> "did you mean " + meant + "?")
                            .orElse("add it to the server's actions"));
            return;
        }
        if (iam.get().stream().anyMatch(one -> IamAction.fault(one).isPresent())) {
            return;
        }
        permission.identifiers().stream()
                .filter(pattern -> iam.get().stream().noneMatch(one -> AwsTargetChecks.fits(one, pattern)))
                .findFirst()
                .ifPresent(pattern -> faults.error(
                        FaultCode.UNMAPPED_ACTION,
                        place,
                        "opens nothing on " + Shown.text(pattern.toString())
                                + ": actions of S3 are for identifiers that begin with s3:, others for all others",
                        "write an entry of its own for it, with the identifiers that it acts on"));
    }

    private static void targets(TaskPermission permission, Fields fields, BiConsumer<IdentifierPattern, Place> check) {
        for (var pattern : permission.identifiers()) {
            check.accept(pattern, place(fields, "identifiers", pattern.toString()));
        }
    }

    /** Where in a list of the entry this text stands. */
    private static Place place(Fields fields, String list, String text) {
        return fields.find(list).stream()
                .flatMap(place -> DocumentReader.items(place).stream())
                .filter(item -> item.value().equals(new JsonString(text)))
                .findFirst()
                .orElse(fields.place());
    }
}
