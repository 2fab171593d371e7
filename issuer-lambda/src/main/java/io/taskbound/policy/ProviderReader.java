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
    private final Optional<String> issuer;

    /** @param issuer the URL of the issuer that the policy is for, where it is known */
    ProviderReader(DocumentReader reader, Faults faults, Optional<String> issuer) {
        this.reader = reader;
        this.faults = faults;
        this.issuer = issuer;
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
                        "leeway",
                        "jwks_uri",
                        "jwks_file",
                        "jwks",
                        "ca_file",
                        "ca",
                        "login",
                        "accept")
                .map(fields -> read(name, fields))
                .orElse(new Read(Optional.empty(), Optional.empty()));
    }

    private Read read(String name, Fields fields) {
        new Acceptances(reader, faults).read(fields);
        var profile = fields.require("profile", "github").flatMap(this::profile);
        var issuer = fields.require("issuer", "https://…").flatMap(this::issuer);
        var audience = fields.require("audience", "https://tokens.example")
                .flatMap(at -> audience(at, profile, fields.has("login")));
        var algorithms = fields.find("algorithms").map(this::algorithms).orElse(DEFAULT_ALGORITHMS);
        var maxAge = fields.find("max_age").flatMap(this::maxAge);
        var leeway = fields.find("leeway").flatMap(this::leeway);
        var keys = new KeyReader(reader, faults).read(fields);
        var login = fields.find("login").map(place -> new LoginReader(reader, faults).read(place, profile));
        if (profile.isEmpty()
                || issuer.isEmpty()
                || audience.isEmpty()
                || keys.isEmpty()
                || algorithms.isEmpty()
                || login.filter(Optional::isEmpty).isPresent()) {
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
                                leeway.orElse(Provider.DEFAULT_LEEWAY),
                                keys.get(),
                                login.flatMap(read -> read))));
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
        flaw.ifPresent(what -> faults.error(
                FaultCode.ISSUER, place, what, "write the iss of the provider's tokens: https://host/path"));
        return flaw.isPresent() ? Optional.empty() : issuer;
    }

    /** @param isClient where people log in, the audience is the client id and no URL of ours */
    private Optional<String> audience(Place place, Optional<Profile> profile, boolean isClient) {
        var audience = reader.text(place, AudienceText.MAX_LENGTH);
        if (audience.filter(text -> !AudienceText.isPrintable(text)).isPresent()) {
            faults.error(FaultCode.AUDIENCE, place, "contains spaces or non-ASCII characters", "write a URL or a name");
        }
        if (profile.filter(Profile::audienceCarriesTxn).isPresent()
                && audience.filter(text -> text.contains("#")).isPresent()) {
            faults.error(
                    FaultCode.AUDIENCE,
                    place,
                    "holds #, after which this provider's tokens carry the txn",
                    "write it without #");
        }
        var other = issuer.filter(url -> !isClient)
                .filter(url -> audience.filter(text -> !withoutSlash(text).equals(withoutSlash(url)))
                        .isPresent());
        other.ifPresent(url -> faults.warning(
                FaultCode.AUDIENCE_URL,
                place,
                "is not this issuer's URL, " + Shown.text(url).replace("\"", "")
                        + ": any other issuer with this audience exchanges the same ID token once more",
                "write audience: " + url + ", and ask the CI system for it"));
        return audience;
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private SortedSet<String> algorithms(Place place) {
        var known = List.copyOf(Provider.allAlgorithms());
        var algorithms = new TreeSet<String>();
        for (var item : reader.items(place, 1, known.size())) {
            reader.word(item, known)
                    .filter(word -> !algorithms.add(word))
                    .ifPresent(word ->
                            faults.shape(FaultCode.LISTED_TWICE, item, "is listed twice", "remove one of them"));
        }
        return algorithms;
    }

    private Optional<Duration> leeway(Place place) {
        var leeway = reader.duration(place);
        if (leeway.filter(value -> value.compareTo(Provider.LONGEST_LEEWAY) > 0).isPresent()) {
            var longest = DurationText.of(Provider.LONGEST_LEEWAY);
            faults.error(
                    FaultCode.LEEWAY,
                    place,
                    "is longer than " + longest,
                    "set the clocks by NTP, and write at most " + longest);
            return Optional.empty();
        }
        return leeway;
    }

    private Optional<Duration> maxAge(Place place) {
        var age = reader.duration(place);
        if (age.filter(value -> value.compareTo(Provider.LONGEST_MAX_AGE) > 0).isPresent()) {
            var longest = DurationText.of(Provider.LONGEST_MAX_AGE);
            faults.error(FaultCode.MAX_AGE, place, "is longer than " + longest, "write at most " + longest);
            return Optional.empty();
        }
        return age;
    }
}
