// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.json.JsonString;
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
        }
    }

    private void mapped(AwsRole role, String action, Place place, TaskPermission permission) {
        if (!role.actions().containsKey(action)) {
            faults.error(
                    FaultCode.UNMAPPED_ACTION,
                    place,
                    permission.server().name() + " does not say which IAM actions " + Shown.text(action)
                            + " stands for",
                    Spelling.nearest(action, role.actions().keySet())
                            .map(meant -> "did you mean " + meant + "?")
                            .orElse("add it to the server's actions"));
        }
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
