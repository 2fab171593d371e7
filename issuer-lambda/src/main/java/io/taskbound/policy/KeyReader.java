// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.KeySource;
import io.taskbound.identity.PrivateCa;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Reads where a provider's keys come from: {@code jwks}, {@code jwks_uri}, or discovery when neither is there; and with
 * {@code ca}, who must have certified the host that they are fetched from.
 */
final class KeyReader {
    private static final int MAX_URL = 512;
    private static final int MAX_KEYS = 64;
    private static final String KEY_SET = "{keys: [ … ]} as the provider publishes it";
    private static final List<String> PRIVATE = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private final DocumentReader reader;
    private final Faults faults;

    KeyReader(DocumentReader reader, Faults faults) {
        this.reader = reader;
        this.faults = faults;
    }

    Optional<KeySource> read(Fields fields) {
        var named = List.of("jwks", "jwks_uri", "jwks_file").stream()
                .filter(fields::has)
                .toList();
        if (named.size() > 1) {
            faults.error(
                    FaultCode.KEY_SOURCE,
                    fields.place(),
                    "names its keys twice: " + String.join(", ", named),
                    "keep one of them");
        }
        fields.find("jwks_file").ifPresent(place -> unread(place, "jwks_file", "its keys"));
        var ca = ca(fields, named);
        var pinned = fields.find("jwks").flatMap(this::pinned);
        var address = fields.find("jwks_uri").flatMap(place -> address(place, ca));
        if (fields.has("ca") && ca.isEmpty()) {
            return Optional.empty();
        }
        return named.isEmpty() ? Optional.of(new KeySource.Discovery(ca)) : pinned.or(() -> address);
    }

    private void unread(Place place, String field, String content) {
        if (reader.text(place, MAX_URL).isPresent()) {
            faults.error(
                    FaultCode.KEY_SOURCE,
                    place,
                    field + " was not resolved",
                    "load the policy with taskbound, which inserts " + content + " here");
        }
    }

    private Optional<PrivateCa> ca(Fields fields, List<String> keys) {
        if (fields.has("ca") && fields.has("ca_file")) {
            faults.error(
                    FaultCode.KEY_SOURCE,
                    fields.place(),
                    "names its certificate authority twice: ca, ca_file",
                    "keep one of them");
        }
        boolean named = fields.has("ca") || fields.has("ca_file");
        if (named && (keys.contains("jwks") || keys.contains("jwks_file"))) {
            faults.error(
                    FaultCode.KEY_SOURCE,
                    fields.place(),
                    "has pinned keys, so nothing is fetched that ca_file is for",
                    "remove ca_file");
        }
        fields.find("ca_file").ifPresent(place -> unread(place, "ca_file", "the certificates"));
        return fields.find("ca").flatMap(this::certificates);
    }

    private Optional<PrivateCa> certificates(Place place) {
        var pem = reader.text(place, PrivateCa.MAX_LENGTH);
        var flaw = pem.flatMap(PrivateCa::flaw);
        flaw.ifPresent(what -> faults.error(
                FaultCode.KEY_SOURCE,
                place,
                what,
                "write the certificates of the authority, each from BEGIN CERTIFICATE to END CERTIFICATE"));
        return flaw.isPresent() ? Optional.empty() : pem.map(PrivateCa::new);
    }

    private Optional<KeySource> address(Place place, Optional<PrivateCa> ca) {
        var address = reader.text(place, MAX_URL);
        var flaw = address.flatMap(KeySource.JwksUri::flaw);
        flaw.ifPresent(what -> faults.error(FaultCode.KEY_SOURCE, place, what, "write https://host/path"));
        return flaw.isPresent() ? Optional.empty() : address.map(text -> new KeySource.JwksUri(URI.create(text), ca));
    }

    private Optional<KeySource> pinned(Place place) {
        if (!(place.value() instanceof JsonObject set)) {
            faults.shape(FaultCode.WRONG_TYPE, place, "must be a key set", "write " + KEY_SET);
            return Optional.empty();
        }
        if (!set.has("keys")) {
            faults.shape(FaultCode.MISSING_FIELD, place, "keys is missing", "write " + KEY_SET);
            return Optional.empty();
        }
        var keys = reader.items(place.member("keys", set.get("keys").orElse(JsonArray.EMPTY)), 1, MAX_KEYS);
        long clean = keys.stream().filter(this::isPublic).count();
        return clean > 0 && clean == keys.size() ? usable(place, set) : Optional.empty();
    }

    private boolean isPublic(Place place) {
        if (!(place.value() instanceof JsonObject key)) {
            faults.shape(FaultCode.WRONG_TYPE, place, "must be a key", "write a JSON Web Key");
            return false;
        }
        if (PRIVATE.stream().anyMatch(key::has)) {
            faults.error(
                    FaultCode.PRIVATE_KEY,
                    place,
                    "holds a private or symmetric key",
                    "write the public key alone, and replace this one");
            return false;
        }
        return true;
    }

    private Optional<KeySource> usable(Place place, JsonObject set) {
        var flaw = KeySource.Pinned.flaw(set);
        flaw.ifPresent(what -> faults.error(FaultCode.KEY_SOURCE, place, what, "write " + KEY_SET));
        return flaw.isPresent() ? Optional.empty() : Optional.of(new KeySource.Pinned(set));
    }
}
