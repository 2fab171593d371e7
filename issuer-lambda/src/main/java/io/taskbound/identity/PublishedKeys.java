// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * The usable keys of one JWK set (RFC 7517 section 5). They verify for the issuer that they were read for, no other.
 */
final class PublishedKeys {
    /** What a key set says about a token's signature. */
    enum Verdict {
        GOOD,
        UNKNOWN_KID,
        /** Keys of that id exist, but none for the header's algorithm. */
        KEY_DOES_NOT_FIT,
        BAD,
        IMPOSSIBLE
    }

    private final int published;
    private final List<VerificationKey> usable;

    private PublishedKeys(int published, List<VerificationKey> usable) {
        this.published = published;
        this.usable = List.copyOf(usable);
    }

    static PublishedKeys read(JsonArray keys) {
        var usable = keys.items().stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .map(JwkReader::read)
                .flatMap(Optional::stream)
                .toList();
        return new PublishedKeys(keys.items().size(), usable);
    }

    boolean isEmpty() {
        return usable.isEmpty();
    }

    /** Why nothing can be verified by these keys, whatever token comes; empty if something can. */
    Optional<KeyTrouble> trouble() {
        return isEmpty() ? Optional.of(KeyTrouble.noUsableKey(published)) : Optional.empty();
    }

    Verdict check(SignatureAlgorithm algorithm, CompactJws jws) {
        var named = named(jws.kid());
        if (named.isEmpty()) {
            return Verdict.UNKNOWN_KID;
        }
        var verdict = Verdict.KEY_DOES_NOT_FIT;
        for (var key : named) {
            if (key.fits(algorithm)) {
                var check = key.check(algorithm, jws);
                if (check == VerificationKey.Check.GOOD) {
                    return Verdict.GOOD;
                }
                verdict =
                        check == VerificationKey.Check.BAD || verdict == Verdict.BAD ? Verdict.BAD : Verdict.IMPOSSIBLE;
            }
        }
        return verdict;
    }

    /**
     * A token without a {@code kid} can mean only the one key of a set of one; among several it would be a guess. A set
     * may hold several keys of one id while a provider replaces a key and keeps its id.
     */
    private List<VerificationKey> named(Optional<String> kid) {
        if (kid.isEmpty()) {
            return published == 1 ? usable : List.of();
        }
        return usable.stream().filter(key -> key.kid().equals(kid)).toList();
    }
}
