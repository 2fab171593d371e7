// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.Profile;
import io.taskbound.identity.Provider;
import io.taskbound.json.JsonString;
import io.taskbound.task.HookName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one entry of {@code hooks}. */
final class HookReader {
    private static final int MAX_NAME = 32;
    private static final int MAX_ID = 64;
    private static final int MAX_IDS = 256;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1," + MAX_ID + "}");
    private static final List<String> OWNERS = List.of("owner_id", "organization_id");
    private static final List<String> PROJECTS = List.of("repository_ids", "project_ids", "pipeline_ids");

    private final DocumentReader reader;
    private final Faults faults;
    private final Declared<Profile> profiles;
    private final Map<String, Provider> providers;

    /**
     * @param profiles of the policy's providers, by name
     * @param providers those of them that are without a fault
     */
    HookReader(DocumentReader reader, Faults faults, Declared<Profile> profiles, Map<String, Provider> providers) {
        this.reader = reader;
        this.faults = faults;
        this.profiles = profiles;
        this.providers = providers;
    }

    Optional<Hook> read(String name, Place place) {
        return reader.fields(
                        place,
                        "provider",
                        "owner_id",
                        "organization_id",
                        "repository_ids",
                        "project_ids",
                        "pipeline_ids")
                .flatMap(fields -> read(name, fields));
    }

    private Optional<Hook> read(String name, Fields fields) {
        var owners =
                OWNERS.stream().flatMap(field -> owner(fields, field).stream()).findFirst();
        var projects = new LinkedHashSet<String>();
        PROJECTS.forEach(field -> projects.addAll(projects(fields, field)));
        var declared = fields.require("provider", "github").flatMap(this::provider);
        var ids = declared.flatMap(entry -> ids(fields, entry));
        ids.ifPresent(known -> check(fields, known));
        return declared.map(entry -> providers.get(entry.name()))
                .filter(provider -> ids.isPresent() && HookName.isValid(name))
                .filter(provider -> owners.isPresent() || !projects.isEmpty())
                .map(provider -> new Hook(new HookName(name), provider, owners, projects));
    }

    private Optional<Declared.Entry<Profile>> provider(Place place) {
        return reader.text(place, MAX_NAME).flatMap(name -> profiles.find(name, place, faults));
    }

    private Optional<HookIds> ids(Fields fields, Declared.Entry<Profile> provider) {
        var ids = HookIds.of(provider.value().name());
        if (ids.isEmpty()) {
            faults.error(
                    FaultCode.HOOK_PROVIDER,
                    fields.find("provider").orElse(fields.place()),
                    "has the profile " + provider.value().name() + ", whose systems send no hooks that are read here",
                    "name a provider with one of these profiles: " + HookIds.profiles());
        }
        return ids;
    }

    private Optional<String> owner(Fields fields, String name) {
        return fields.find(name).flatMap(this::id);
    }

    private Set<String> projects(Fields fields, String name) {
        var ids = new LinkedHashSet<String>();
        fields.find(name)
                .ifPresent(place -> reader.items(place, 1, MAX_IDS)
                        .forEach(item -> id(item).filter(id -> !ids.add(id))
                                .ifPresent(twice -> faults.shape(
                                        FaultCode.LISTED_TWICE, item, "is listed twice", "remove one of them"))));
        return ids;
    }

    private Optional<String> id(Place place) {
        var text = reader.text(place, MAX_ID);
        if (text.filter(id -> !ID.matcher(id).matches()).isPresent()) {
            faults.shape(
                    FaultCode.BAD_VALUE,
                    place,
                    "is not an id: it may have letters, digits and dashes only",
                    "write the immutable id that the CI system's events carry, in quotes");
            return Optional.empty();
        }
        return text;
    }

    /** What the events of this system do not carry would never match, and what binds nothing would admit everybody. */
    private void check(Fields fields, HookIds ids) {
        for (var list : List.of(OWNERS, PROJECTS)) {
            for (var field : list) {
                fields.find(field).filter(place -> !ids.has(field)).ifPresent(place -> unfit(place, field, ids));
            }
        }
        ids.owner().flatMap(fields::find).ifPresent(place -> checkForm(place, ids));
        fields.find(ids.projects()).ifPresent(list -> DocumentReader.items(list).forEach(item -> checkForm(item, ids)));
        boolean bound =
                ids.owner().filter(fields::has).isPresent() || (!ids.ownerNeeded() && fields.has(ids.projects()));
        if (!bound) {
            faults.error(
                    FaultCode.HOOK_IDS, fields.place(), "does not say of whose runs this hook may speak", ids.remedy());
        }
    }

    private void unfit(Place place, String field, HookIds ids) {
        faults.error(
                FaultCode.HOOK_IDS, place, field + " is not in the events of this provider's system", ids.remedy());
    }

    private void checkForm(Place place, HookIds ids) {
        if (place.value() instanceof JsonString text && ID.matcher(text.value()).matches() && !ids.isId(text.value())) {
            faults.error(
                    FaultCode.HOOK_IDS,
                    place,
                    "is not an id of this provider's system",
                    "write it as the system does, such as \"" + ids.example() + "\"");
        }
    }
}
