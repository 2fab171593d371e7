// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.json.JsonNumber;
import io.taskbound.task.TaskName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads the {@code cap} of a fragment. A bound that cannot be enforced is a fault, since it would bound nothing. */
final class CapReader {
    private static final String APPROVAL_COUNT = "approval_count";
    private static final int MAX_RULES = 100;
    private static final int MAX_GROUPS = 10;
    private static final int MAX_NAME = 256;

    private final DocumentReader reader;
    private final Faults faults;
    private final RuleReader rules;
    private final PermissionReader permissions;
    private final Declared<List<Approver>> approvers;

    CapReader(
            DocumentReader reader,
            Faults faults,
            RuleReader rules,
            PermissionReader permissions,
            Declared<List<Approver>> approvers) {
        this.reader = reader;
        this.faults = faults;
        this.rules = rules;
        this.permissions = permissions;
        this.approvers = approvers;
    }

    /** Empty, and a fault is added, when it is not a cap; then nothing of the fragment can be judged. */
    Optional<Cap> read(Place place) {
        return reader.fields(
                        place,
                        "prefix",
                        "allow",
                        "permissions",
                        "max_lifetime",
                        "max_uses",
                        "lease",
                        "approval",
                        APPROVAL_COUNT)
                .flatMap(this::read);
    }

    private Optional<Cap> read(Fields fields) {
        var prefix = fields.require("prefix", "shop-").flatMap(this::prefix);
        var allow = fields.require("allow", "[{provider: …, claims: {…}}]")
                .map(place -> faults.withoutWarnings(() -> rules(place)))
                .orElse(List.of());
        var permitted = fields.require("permissions", "[ … ]")
                .map(place -> faults.withoutWarnings(() -> permissions.read(place)))
                .orElse(List.of());
        var lifetime = fields.require("max_lifetime", "10m").flatMap(reader::duration);
        var uses = fields.find("max_uses").map(this::uses).orElse(OptionalInt.empty());
        var lease = fields.find("lease").flatMap(reader::duration);
        var approval = fields.find("approval").map(this::groups).orElse(List.of());
        var count = fields.find(APPROVAL_COUNT).map(this::people).orElse(OptionalInt.of(1));
        fields.find(APPROVAL_COUNT)
                .filter(place -> !fields.has("approval"))
                .ifPresent(place -> faults.error(
                        FaultCode.FRAGMENT_CAP,
                        place,
                        "counts people, and the cap names none",
                        "write approval: [the names of groups of approvers]"));
        fields.find("max_uses")
                .ifPresent(place -> permitted.stream()
                        .filter(entry -> entry.server().checks() != Checks.REDEEM)
                        .findFirst()
                        .ifPresent(entry -> cannotHold(
                                place,
                                "uses are not counted at " + entry.server().name())));
        fields.find("lease")
                .ifPresent(place -> permitted.stream()
                        .filter(entry -> entry.server().checks() == Checks.OFFLINE)
                        .findFirst()
                        .ifPresent(entry -> cannotHold(place, entry.server().name() + " does not notice a lease")));
        if (prefix.isEmpty() || lifetime.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Cap(
                prefix.get(),
                allow,
                permitted,
                lifetime.get(),
                uses,
                lease,
                count.orElse(Approval.MOST_PEOPLE),
                approval));
    }

    private void cannotHold(Place place, String why) {
        faults.error(
                FaultCode.FRAGMENT_CAP,
                place,
                "cannot be kept: " + why,
                "remove this line, or give that server a fragment of its own");
    }

    private Optional<String> prefix(Place place) {
        var text = reader.text(place, MAX_NAME);
        if (text.filter(name -> !TaskName.isValid(name)).isPresent()) {
            faults.shape(
                    FaultCode.BAD_NAME,
                    place,
                    "must be 1 to 32 characters from a-z, 0-9 and -",
                    "write what the names of the fragment's tasks begin with: shop-");
            return Optional.empty();
        }
        if (text.filter(name -> !name.endsWith("-")).isPresent()) {
            faults.error(
                    FaultCode.FRAGMENT_CAP,
                    place,
                    "does not end with -, so it also fits the names of others",
                    "write " + text.get() + "-");
        }
        return text;
    }

    private List<Rule> rules(Place place) {
        var read = new ArrayList<Rule>();
        reader.items(place, 1, MAX_RULES).forEach(item -> rules.read(item).ifPresent(read::add));
        return read;
    }

    private OptionalInt uses(Place place) {
        var number = place.value() instanceof JsonNumber json ? json.wholeNumber() : OptionalLong.empty();
        if (number.isEmpty() || number.getAsLong() < 1 || number.getAsLong() > Grant.MAX_USES) {
            faults.shape(
                    FaultCode.BAD_VALUE,
                    place,
                    "must be a number from 1 to " + Grant.MAX_USES,
                    "write how often one target may be used at most");
            return OptionalInt.empty();
        }
        return OptionalInt.of((int) number.getAsLong());
    }

    private OptionalInt people(Place place) {
        var number = place.value() instanceof JsonNumber json ? json.wholeNumber() : OptionalLong.empty();
        if (number.isEmpty() || number.getAsLong() < 1 || number.getAsLong() > Approval.MOST_PEOPLE) {
            faults.shape(
                    FaultCode.BAD_VALUE,
                    place,
                    "must be a number from 1 to " + Approval.MOST_PEOPLE,
                    "write how many people must approve at least");
            return OptionalInt.empty();
        }
        return OptionalInt.of((int) number.getAsLong());
    }

    private List<String> groups(Place place) {
        var groups = new ArrayList<String>();
        for (var item : reader.items(place, 1, MAX_GROUPS)) {
            reader.text(item, MAX_NAME)
                    .flatMap(name -> approvers.find(name, item, faults))
                    .ifPresent(found -> groups.add(found.name()));
        }
        return groups;
    }
}
