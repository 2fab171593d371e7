// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.policy.PolicyDifference.Noted;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What credentials of a service can open that they could not before; and the reverse. */
final class DeliveryChanges {
    private DeliveryChanges() {}

    /** Both of one kind. */
    static void compare(Delivery before, Delivery after, Noted noted) {
        if (before instanceof GithubApp old && after instanceof GithubApp now) {
            noted.step(1, "app_id", old.appId(), now.appId());
            noted.step(1, "api_url", old.apiUrl().toString(), now.apiUrl().toString());
        } else if (before instanceof AwsRole old && after instanceof AwsRole now) {
            noted.step(1, "role_arn", old.roleArn(), now.roleArn());
            noted.step(0, "region", old.region().orElse("none"), now.region().orElse("none"));
        } else if (before instanceof Openbao old && after instanceof Openbao now) {
            compare(old, now, noted);
        }
        var opened = opened(before);
        var now = opened(after);
        now.stream().filter(words -> !opened.contains(words)).forEach(noted::wider);
        opened.stream().filter(words -> !now.contains(words)).forEach(words -> noted.narrower("no longer: " + words));
    }

    /** Who logs in where decides what a token opens, and so is shown as wider, whatever it was. */
    private static void compare(Openbao before, Openbao after, Noted noted) {
        noted.step(1, "address", before.address().toString(), after.address().toString());
        noted.step(1, "role", before.role(), after.role());
        noted.step(1, "mount", before.mount(), after.mount());
        noted.step(
                1,
                "namespace",
                before.namespace().orElse("none"),
                after.namespace().orElse("none"));
        noted.step(0, "revoke_role", before.revokeRole(), after.revokeRole());
        noted.step(0, "audience", before.audience(), after.audience());
    }

    /** One sentence for each thing that a task at such a server could be given. */
    static Set<String> opened(Delivery delivery) {
        var opened = new LinkedHashSet<String>();
        if (delivery instanceof GithubApp app) {
            new TreeMap<>(app.owners())
                    .forEach((login, id) ->
                            opened.add("serves repositories of " + Shown.whole(login) + ", id " + Shown.whole(id)));
        } else if (delivery instanceof AwsRole role) {
            new TreeMap<>(role.actions())
                    .forEach((action, iam) -> new TreeSet<>(iam)
                            .forEach(one -> opened.add(Shown.whole(action) + " stands for " + Shown.whole(one))));
            role.resources()
                    .forEach(template -> template.arns()
                            .forEach(arn -> opened.add(
                                    Shown.whole(template.identifier()) + " stands for " + Shown.whole(arn))));
        }
        return opened;
    }

    /** Which service it is, for one that is new. */
    static String shown(Delivery delivery) {
        if (delivery instanceof GithubApp app) {
            return "App " + Shown.whole(app.appId()) + " at "
                    + Shown.whole(app.apiUrl().toString());
        }
        if (delivery instanceof AwsRole role) {
            return "role " + Shown.whole(role.roleArn());
        }
        var bao = (Openbao) delivery;
        return "role " + Shown.whole(bao.role()) + " at "
                + Shown.whole(bao.address().toString());
    }
}
