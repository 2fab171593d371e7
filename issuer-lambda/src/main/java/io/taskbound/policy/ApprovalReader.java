// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.json.JsonNumber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads {@code approval} of a task, and refuses what could let somebody approve what he has asked for himself. */
final class ApprovalReader {
    static final String FIELD = "approval";

    private static final int MAX_GROUPS = 10;
    private static final int MAX_NAME = 256;
    private static final Duration USUAL = Duration.ofHours(1);
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(24);

    private final DocumentReader reader;
    private final Faults faults;
    private final Declared<List<Approver>> approvers;

    ApprovalReader(DocumentReader reader, Faults faults, Declared<List<Approver>> approvers) {
        this.reader = reader;
        this.faults = faults;
        this.approvers = approvers;
    }

    /** @param rules of the task: who may ask */
    Optional<Approval> read(Fields task, List<AllowedRule> rules) {
        return task.find(FIELD)
                .flatMap(place ->
                        reader.fields(place, "by", "count", "within").flatMap(fields -> read(fields, place, rules)));
    }

    private Optional<Approval> read(Fields fields, Place place, List<AllowedRule> rules) {
        var by = fields.require("by", "[the names of groups of approvers]")
                .map(this::groups)
                .orElse(Map.of());
        int count = fields.find("count").map(this::count).orElse(1);
        var within = fields.find("within").flatMap(this::within).orElse(USUAL);
        requireRuns(place, rules);
        var people = new ArrayList<Approver>();
        by.values().forEach(people::addAll);
        requireLinks(place, rules, people);
        if (count > 1) {
            requireLinks(place, people);
        } else {
            warnOfUnknown(place, rules);
        }
        return by.isEmpty() ? Optional.empty() : Optional.of(new Approval(List.copyOf(by.keySet()), count, within));
    }

    private Map<String, List<Approver>> groups(Place place) {
        var groups = new LinkedHashMap<String, List<Approver>>();
        for (var item : reader.items(place, 1, MAX_GROUPS)) {
            reader.text(item, MAX_NAME)
                    .flatMap(name -> approvers.find(name, item, faults))
                    .ifPresent(found -> groups.put(found.name(), found.value()));
        }
        return groups;
    }

    private int count(Place place) {
        var number = place.value() instanceof JsonNumber json ? json.wholeNumber() : OptionalLong.empty();
        if (number.isEmpty() || number.getAsLong() < 1 || number.getAsLong() > Approval.MOST_PEOPLE) {
            faults.shape(
                    FaultCode.BAD_VALUE,
                    place,
                    "must be a number from 1 to " + Approval.MOST_PEOPLE,
                    "write how many people must approve, or remove the field for one");
            return 1;
        }
        return (int) number.getAsLong();
    }

    private Optional<Duration> within(Place place) {
        var within = reader.duration(place);
        if (within.filter(time -> time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0)
                .isPresent()) {
            faults.error(
                    FaultCode.APPROVAL,
                    place,
                    "is not from 1m to 24h",
                    "write how long people have to approve, such as 30m");
            return Optional.empty();
        }
        return within;
    }

    /** An approval is for one run, and the step comes back for it with another ID token of the same run. */
    private void requireRuns(Place place, List<AllowedRule> rules) {
        rules.stream()
                .filter(entry -> !entry.rule().profile().knowsRuns())
                .findFirst()
                .ifPresent(entry -> faults.error(
                        FaultCode.APPROVAL,
                        place,
                        "cannot be given to callers of " + entry.rule().provider()
                                + ": their ID tokens do not name their run, so none would find its approval",
                        "let in only callers of providers whose runs are known, or remove approval"));
    }

    /** Whoever started the run is told from whoever approves, whatever provider vouches for each. */
    private void requireLinks(Place place, List<AllowedRule> rules, List<Approver> people) {
        var told = new LinkedHashSet<String>();
        for (var person : people) {
            for (var entry : rules) {
                var provider = entry.rule().provider();
                if (entry.rule().profile().person().isPresent()
                        && !person.settles(provider)
                        && told.add(person.provider() + " " + provider)) {
                    faults.error(
                            FaultCode.APPROVER_LINK,
                            place,
                            "a person of " + person.provider() + " could approve what he has started at " + provider,
                            "add to that approver known_as: {" + provider
                                    + ": the claim with the person's id there}, or, if no claim has it, not_known_at: ["
                                    + provider + "]");
                }
            }
        }
    }

    /** Two people are two also where two providers vouch for them. */
    private void requireLinks(Place place, List<Approver> people) {
        for (var one : people) {
            for (var other : people) {
                if (!one.isComparable(other)) {
                    faults.error(
                            FaultCode.APPROVER_LINK,
                            place,
                            "one person could approve twice, once by " + one.provider() + " and once by "
                                    + other.provider(),
                            one.provider().equals(other.provider())
                                    ? "write the same person in all approvers of " + one.provider()
                                    : "add to one of these approvers known_as: {PROVIDER: the claim with the person's id"
                                            + " there}");
                    return;
                }
            }
        }
    }

    private void warnOfUnknown(Place place, List<AllowedRule> rules) {
        rules.stream()
                .filter(entry -> entry.rule().profile().person().isEmpty())
                .findFirst()
                .ifPresent(entry -> faults.warning(
                        FaultCode.UNKNOWN_REQUESTER,
                        place,
                        "ID tokens of " + entry.rule().provider()
                                + " do not say who started the run, so that person may approve it",
                        "write count: 2, so that another person looks at it"));
    }
}
