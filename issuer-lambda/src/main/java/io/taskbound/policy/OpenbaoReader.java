// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.Optional;

/** Reads {@code kind: openbao}. */
final class OpenbaoReader {
    private static final int MAX_NAME = 128;
    private static final String REVOKE_ROLE = "taskbound-revoke";
    private static final String MOUNT = "jwt";

    private final DocumentReader reader;
    private final Faults faults;

    OpenbaoReader(DocumentReader reader, Faults faults) {
        this.reader = reader;
        this.faults = faults;
    }

    Optional<Openbao> read(Place place) {
        return reader.fields(
                        place,
                        DeliveryReader.FIELD,
                        "address",
                        "role",
                        "mount",
                        "namespace",
                        "revoke_role",
                        "audience",
                        "accept")
                .flatMap(this::read);
    }

    private Optional<Openbao> read(Fields fields) {
        new Acceptances(reader, faults).read(fields);
        var address = fields.require("address", "https://vault.example")
                .flatMap(place -> new ServiceAddress(reader, faults).read(place, "", "https://vault.example:8200"));
        var role = fields.require("role", "release").flatMap(this::role);
        var mount = fields.find("mount").flatMap(this::path);
        var namespace = fields.find("namespace").flatMap(this::path);
        var revokeRole = fields.find("revoke_role").flatMap(this::role);
        var audience = fields.find("audience").flatMap(this::audience);
        return address.isEmpty() || role.isEmpty()
                ? Optional.empty()
                : Optional.of(new Openbao(
                        address.get(),
                        role.get(),
                        mount.orElse(MOUNT),
                        namespace,
                        revokeRole.orElse(REVOKE_ROLE),
                        audience.orElse(address.get().toString())));
    }

    private Optional<String> role(Place place) {
        return checked(place, "._-", "is not the name of a role", "write letters, digits and . _ -");
    }

    /** Segments that are joined by {@code /}; it becomes part of a URL's path and of a header. */
    private Optional<String> path(Place place) {
        var path = checked(place, "._-/", "is not a path", "write letters, digits and . _ - / without a / at its ends");
        if (path.filter(text -> !isPath(text)).isPresent()) {
            faults.error(
                    FaultCode.BAD_VALUE,
                    place,
                    "has a part that is empty or only dots",
                    "write the path as bao auth list shows it, without a / at its ends");
        }
        return path;
    }

    private static boolean isPath(String text) {
        for (var part : text.split("/", -1)) {
            if (part.chars().allMatch(c -> c == '.')) {
                return false;
            }
        }
        return true;
    }

    private Optional<String> checked(Place place, String signs, String what, String remedy) {
        var text = reader.text(place, MAX_NAME);
        if (text.filter(written -> !AsciiText.isOf(written, signs)).isPresent()) {
            faults.shape(FaultCode.BAD_VALUE, place, what, remedy);
            return Optional.empty();
        }
        return text;
    }

    private Optional<String> audience(Place place) {
        var audience = reader.text(place, AudienceText.MAX_LENGTH);
        if (audience.filter(text -> !AudienceText.isPrintable(text)).isPresent()) {
            faults.error(
                    FaultCode.AUDIENCE,
                    place,
                    "has blanks or other characters than printable ASCII",
                    "write what the role has as bound_audiences");
        }
        return audience;
    }
}
