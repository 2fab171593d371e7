// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.task.ServerName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one entry of {@code resource_servers}. */
final class ServerReader {
    private static final int HASH_LENGTH = 64;
    private static final int MAX_SECRETS = 2;
    private static final List<String> CHECKS = List.of("redeem", "introspect", "status", "offline");
    private static final List<String> TYPES = List.of("at+jwt", "JWT");
    private static final List<String> PROOFS = List.of("none", "optional", "required");

    private final DocumentReader reader;
    private final Faults faults;
    private final Optional<String> issuer;

    /** @param issuer the URL of the issuer that the policy is for, where it is known */
    ServerReader(DocumentReader reader, Faults faults, Optional<String> issuer) {
        this.reader = reader;
        this.faults = faults;
        this.issuer = issuer;
    }

    Optional<ResourceServer> read(String name, Place place) {
        if (DocumentReader.peek(place).containsKey(DeliveryReader.FIELD)) {
            return new DeliveryReader(reader, faults).read(name, place);
        }
        return reader.fields(
                        place,
                        "audience",
                        "checks",
                        "client_secret_hashes",
                        "typ",
                        "proof",
                        "accept",
                        DeliveryReader.FIELD)
                .flatMap(fields -> read(name, fields));
    }

    private Optional<ResourceServer> read(String name, Fields fields) {
        new Acceptances(reader, faults).read(fields);
        var audience = fields.require("audience", "https://service.example").flatMap(this::audience);
        var checks = fields.require("checks", "redeem").flatMap(this::checks);
        var hashes = fields.find("client_secret_hashes").map(place -> hashes(place, name));
        var typ = fields.find("typ").flatMap(place -> reader.word(place, TYPES));
        var proof = fields.find("proof").flatMap(this::proof).orElse(KeyProof.NONE);
        if (hashes.orElse(List.of()).isEmpty()
                && checks.filter(ServerReader::asksTheIssuer).isPresent()) {
            faults.error(
                    FaultCode.NO_SECRET,
                    fields.find("client_secret_hashes").orElse(fields.place()),
                    "this server asks the issuer, but has no secret to prove who it is",
                    "run taskbound policy secret " + name + " and write client_secret_hashes: [\"<its hash>\"]");
        }
        if (audience.isEmpty() || checks.isEmpty() || !ServerName.isValid(name)) {
            return Optional.empty();
        }
        return Optional.of(new ResourceServer(
                new ServerName(name),
                audience.get(),
                checks.get(),
                hashes.orElse(List.of()),
                typ.filter("JWT"::equals).isPresent() ? TokenType.JWT : TokenType.AT_JWT,
                proof,
                Optional.empty()));
    }

    private static boolean asksTheIssuer(Checks checks) {
        return checks == Checks.REDEEM || checks == Checks.INTROSPECT;
    }

    private Optional<String> audience(Place place) {
        var audience = reader.text(place, AudienceText.MAX_LENGTH);
        if (audience.filter(text -> !AudienceText.namesOneTarget(text)).isPresent()) {
            faults.error(
                    FaultCode.AUDIENCE,
                    place,
                    "is neither a URL without fragment nor a name",
                    "write https://service.example" + " or a name");
        } else if (audience.filter(DeliveryReader::isOwnAudience).isPresent()) {
            faults.error(
                    FaultCode.AUDIENCE,
                    place,
                    "begins like the audience that a server with a kind has by itself",
                    "write https://service.example or a name");
        }
        return audience;
    }

    private Optional<Checks> checks(Place place) {
        var word = reader.word(place, CHECKS);
        return word.map(text -> switch (text) {
            case "redeem" -> Checks.REDEEM;
            case "introspect" -> Checks.INTROSPECT;
            case "status" -> Checks.STATUS;
            default -> Checks.OFFLINE;
        });
    }

    private Optional<KeyProof> proof(Place place) {
        return reader.word(place, PROOFS).map(text -> switch (text) {
            case "required" -> KeyProof.REQUIRED;
            case "optional" -> KeyProof.OPTIONAL;
            default -> KeyProof.NONE;
        });
    }

    private List<String> hashes(Place place, String server) {
        var hashes = new ArrayList<String>();
        for (var item : reader.items(place, 0, MAX_SECRETS)) {
            reader.text(item, HASH_LENGTH).ifPresent(text -> hash(item, text, server, hashes));
        }
        return hashes;
    }

    private void hash(Place place, String text, String server, List<String> hashes) {
        if (!isHash(text)) {
            faults.shape(
                    FaultCode.BAD_VALUE,
                    place,
                    "is not a SHA-256 in lower-case hex",
                    "write the hash that taskbound policy secret printed");
        } else if (hashes.contains(text)) {
            faults.shape(FaultCode.LISTED_TWICE, place, "is listed twice", "remove one of them");
        } else if (faults.areForPeople() && KnownSecrets.isKnown(text, server)) {
            faults.error(
                    FaultCode.KNOWN_SECRET,
                    place,
                    "is the hash of a well-known word, so that anybody can act as this server",
                    "run taskbound policy secret " + server + " and write the hash that it prints");
        } else if (issuer.isPresent() && KnownSecrets.isPlaceholder(text)) {
            faults.warning(
                    FaultCode.PLACEHOLDER_SECRET,
                    place,
                    "stands for a hash in an example: no secret belongs to it",
                    "run taskbound policy secret " + server + " and write the hash that it prints");
        }
        hashes.add(text);
    }

    private static boolean isHash(String text) {
        return text.length() == HASH_LENGTH
                && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }
}
