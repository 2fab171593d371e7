// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.task.AuthorizationDetails;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code kind: aws-role}. */
final class AwsRoleReader {
    private static final Pattern ROLE =
            Pattern.compile("arn:aws[a-z-]{0,16}:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]{1,512}");
    private static final int MAX_ROLE = 600;
    private static final int MAX_REGION = 32;
    private static final int MAX_NAMES = 64;
    private static final int MAX_ACTIONS = 32;
    private static final int MAX_ACTION = 128;

    private final DocumentReader reader;
    private final Faults faults;

    AwsRoleReader(DocumentReader reader, Faults faults) {
        this.reader = reader;
        this.faults = faults;
    }

    Optional<AwsRole> read(Place place) {
        return reader.fields(place, DeliveryReader.FIELD, "role_arn", "actions", "resources", "region", "accept")
                .flatMap(this::read);
    }

    private Optional<AwsRole> read(Fields fields) {
        new Acceptances(reader, faults).read(fields);
        var role = fields.require("role_arn", "arn:aws:iam::111122223333:role/migration")
                .flatMap(this::role);
        var actions = fields.require("actions", "{read: [s3:GetObject]}").map(this::actions);
        var resources = fields.find("resources")
                .map(place -> new ArnTemplateReader(reader, faults, role).read(place))
                .orElse(List.of());
        var region = fields.find("region").flatMap(this::region);
        return role.flatMap(arn -> actions.map(mapped -> new AwsRole(arn, mapped, resources, region)));
    }

    private Optional<String> role(Place place) {
        var text = reader.text(place, MAX_ROLE);
        if (text.filter(arn -> !ROLE.matcher(arn).matches()).isPresent()) {
            faults.shape(
                    FaultCode.BAD_VALUE,
                    place,
                    "is not the ARN of an IAM role",
                    "write arn:aws:iam::111122223333:role/NAME");
            return Optional.empty();
        }
        return text;
    }

    private Optional<String> region(Place place) {
        var text = reader.text(place, MAX_REGION);
        if (text.filter(region -> !region.chars().allMatch(c -> AsciiText.isLowerCase(c) || c == '-'))
                .isPresent()) {
            faults.shape(FaultCode.BAD_VALUE, place, "is not a region", "write one such as eu-central-1");
            return Optional.empty();
        }
        return text;
    }

    private Map<String, List<String>> actions(Place place) {
        var entries = reader.any(place);
        if (DocumentReader.isMapping(place) && (entries.isEmpty() || entries.size() > MAX_NAMES)) {
            faults.shape(
                    FaultCode.BAD_LENGTH,
                    place,
                    "must hold 1 to " + MAX_NAMES + " actions",
                    "write name: [the IAM actions that it stands for]");
        }
        var actions = new LinkedHashMap<String, List<String>>();
        entries.forEach((name, listed) -> {
            if (!AuthorizationDetails.isAction(name)) {
                faults.shape(
                        FaultCode.BAD_NAME,
                        listed,
                        "is not an action name",
                        "write 1 to 64 letters, digits and . _ : -");
            }
            actions.put(name, iamActions(listed));
        });
        return actions;
    }

    private List<String> iamActions(Place place) {
        var actions = new ArrayList<String>();
        for (var item : reader.items(place, 1, MAX_ACTIONS)) {
            reader.text(item, MAX_ACTION).ifPresent(text -> {
                if (actions.contains(text)) {
                    faults.shape(FaultCode.LISTED_TWICE, item, "is listed twice", "remove one of them");
                }
                IamAction.fault(text)
                        .ifPresent(bad -> faults.error(FaultCode.IAM_ACTION, item, bad.what(), bad.remedy()));
                actions.add(text);
            });
        }
        return actions;
    }
}
