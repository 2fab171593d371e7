// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.Profile;
import io.taskbound.identity.Profiles;
import io.taskbound.identity.Provider;
import io.taskbound.json.JsonString;
import io.taskbound.task.ProviderName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads one entry of {@code providers}. */
final class ProviderReader {
    private static final int MAX_URL = 512;
    private static final SortedSet<String> DEFAULT_ALGORITHMS = new TreeSet<>(List.of("RS256"));

    private final DocumentReader reader;
    private final Faults faults;

    ProviderReader(DocumentReader reader, Faults faults) {
        this.reader = reader;
        this.faults = faults;
    }

    /** A provider that was read in part is worth its profile: rules can be checked against that. */
    record Read(Optional<Profile> profile, Optional<Provider> provider) {}

    Read read(String name, Place place) {
        return reader.fields(
                        place,
                        "profile",
                        "issuer",
                        "audience",
                        "algorithms",
                        "max_age",
                        "jwks_uri",
                        "jwks_file",
                        "jwks",
                        "ca_file",
                        "ca")
                .map(fields -> read(name, fields))
                .orElse(new Read(Optional.empty(), Optional.empty()));
    }

    private Read read(String name, Fields fields) {
        var profile = fields.require("profile", "github").flatMap(this::profile);
        var issuer = fields.require("issuer", "https://…").flatMap(this::issuer);
        var audience = fields.require("audience", "https://tokens.example").flatMap(at -> audience(at, profile));
        var algorithms = fields.find("algorithms").map(this::algorithms).orElse(DEFAULT_ALGORITHMS);
        var maxAge = fields.find("max_age").flatMap(this::maxAge);
        var keys = new KeyReader(reader, faults).read(fields);
        if (profile.isEmpty() || issuer.isEmpty() || audience.isEmpty() || keys.isEmpty() || algorithms.isEmpty()) {
            return new Read(profile, Optional.empty());
        }
        return new Read(
                profile,
                Optional.of(name)
                        .filter(ProviderName::isValid)
                        .map(valid -> new Provider(
                                new ProviderName(valid),
                                profile.get(),
                                issuer.get(),
                                audience.get(),
                                algorithms,
                                maxAge.orElse(profile.get().maxAge()),
                                keys.get())));
    }

    private Optional<Profile> profile(Place place) {
        var name = place.value() instanceof JsonString text ? text.value() : "";
        // The list of names is only read to report the fault.
        return Profiles.named(name)
                .or(() -> reader.word(place, List.copyOf(new TreeSet<>(Profiles.names())))
                        .flatMap(Profiles::named));
    }

    private Optional<String> issuer(Place place) {
        var issuer = reader.text(place, MAX_URL);
        var flaw = issuer.flatMap(Provider::issuerFlaw);
        flaw.ifPresent(what -> faults.error(place, what, "write the iss of the provider's tokens: https://host/path"));
        return flaw.isPresent() ? Optional.empty() : issuer;
    }

    private Optional<String> audience(Place place, Optional<Profile> profile) {
        var audience = reader.text(place, AudienceText.MAX_LENGTH);
        if (audience.filter(text -> !AudienceText.isPrintable(text)).isPresent()) {
            faults.error(place, "contains spaces or non-ASCII characters", "write a URL or a name");
        }
        if (profile.filter(Profile::audienceCarriesTxn).isPresent()
                && audience.filter(text -> text.contains("#")).isPresent()) {
            faults.error(place, "holds #, after which this provider's tokens carry the txn", "write it without #");
        }
        return audience;
    }

    private SortedSet<String> algorithms(Place place) {
        var known = List.copyOf(Provider.allAlgorithms());
        var algorithms = new TreeSet<String>();
        for (var item : reader.items(place, 1, known.size())) {
            reader.word(item, known)
                    .filter(word -> !algorithms.add(word))
                    .ifPresent(word -> faults.shape(item, "is listed twice", "remove one of them"));
        }
        return algorithms;
    }

    private Optional<Duration> maxAge(Place place) {
        var age = reader.duration(place);
        if (age.filter(value -> value.compareTo(Provider.LONGEST_MAX_AGE) > 0).isPresent()) {
            var longest = DurationText.of(Provider.LONGEST_MAX_AGE);
            faults.error(place, "is longer than " + longest, "write at most " + longest);
            return Optional.empty();
        }
        return age;
    }
}
