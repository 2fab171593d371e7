// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code kind: github-app}. */
final class GithubAppReader {
    private static final int MAX_OWNERS = 64;
    private static final int MAX_LOGIN = 39;
    private static final int MAX_DIGITS = 19;
    private static final URI GITHUB = URI.create("https://api.github.com");

    private final DocumentReader reader;
    private final Faults faults;

    GithubAppReader(DocumentReader reader, Faults faults) {
        this.reader = reader;
        this.faults = faults;
    }

    Optional<GithubApp> read(Place place) {
        return reader.fields(place, DeliveryReader.FIELD, "app_id", "owners", "api_url", "accept")
                .flatMap(this::read);
    }

    private Optional<GithubApp> read(Fields fields) {
        new Acceptances(reader, faults).read(fields);
        var appId = fields.require("app_id", "\"12345\"")
                .flatMap(place -> number(place, "is not the id of an App", "write the App ID of its settings page"));
        var owners =
                fields.require("owners", "{acme: \"1001\"}").map(this::owners).orElse(Map.of());
        var api = fields.has("api_url") ? fields.find("api_url").flatMap(this::api) : Optional.of(GITHUB);
        return owners.isEmpty() || appId.isEmpty()
                ? Optional.empty()
                : api.map(url -> new GithubApp(appId.get(), owners, url));
    }

    private Optional<URI> api(Place place) {
        return new ServiceAddress(reader, faults)
                .read(
                        place,
                        "/api/v3",
                        "https://HOST/api/v3 for GitHub Enterprise Server, or remove it for github.com");
    }

    private Map<String, String> owners(Place place) {
        var entries = reader.any(place);
        if (DocumentReader.isMapping(place) && (entries.isEmpty() || entries.size() > MAX_OWNERS)) {
            faults.shape(
                    FaultCode.BAD_LENGTH,
                    place,
                    "must hold 1 to " + MAX_OWNERS + " owners",
                    "write login: \"id\" for each owner whose repositories tasks may name");
        }
        var owners = new LinkedHashMap<String, String>();
        entries.forEach((login, id) -> {
            if (!isLogin(login)) {
                faults.shape(
                        FaultCode.BAD_NAME,
                        id,
                        "is not the login of a GitHub user or organization",
                        "write the owner's part of the repository's name");
            }
            number(
                            id,
                            "is not an immutable id: those are digits",
                            "write in quotes what gh api users/" + (isLogin(login) ? login : "OWNER")
                                    + " --jq .id prints")
                    .ifPresent(number -> put(owners, login, number, id));
        });
        return owners;
    }

    /** An id has one login, so the second is misspelt or was renamed. */
    private void put(Map<String, String> owners, String login, String id, Place place) {
        if (owners.containsValue(id)) {
            faults.error(
                    FaultCode.NOT_UNIQUE,
                    place,
                    "is the id of two owners",
                    "keep the login that the owner has now, and the id of each");
        }
        owners.put(login, id);
    }

    private Optional<String> number(Place place, String what, String remedy) {
        var text = reader.text(place, MAX_DIGITS);
        if (text.filter(digits -> !AsciiText.isNumber(digits)).isPresent()) {
            faults.shape(FaultCode.BAD_VALUE, place, what, remedy);
            return Optional.empty();
        }
        return text;
    }

    private static boolean isLogin(String text) {
        return text.length() <= MAX_LOGIN && AsciiText.isOf(text, "-_") && AsciiText.isLetterOrDigit(text.charAt(0));
    }
}
