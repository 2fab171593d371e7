// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.task.ServerName;
import java.util.List;
import java.util.Optional;

/** Reads an entry of {@code resource_servers} that has a {@code kind}: one that the issuer serves itself. */
final class DeliveryReader {
    static final String FIELD = "kind";
    private static final String AUDIENCE = "urn:taskbound:server:";

    private final DocumentReader reader;
    private final Faults faults;

    DeliveryReader(DocumentReader reader, Faults faults) {
        this.reader = reader;
        this.faults = faults;
    }

    /** What no other server may have, so that no token for one is for the other. */
    static boolean isOwnAudience(String audience) {
        return audience.startsWith(AUDIENCE);
    }

    Optional<ResourceServer> read(String name, Place place) {
        return kind(place)
                .flatMap(kind -> delivery(kind, place))
                .filter(delivery -> ServerName.isValid(name))
                .map(delivery -> new ResourceServer(
                        new ServerName(name),
                        AUDIENCE + name,
                        Checks.DELIVERED,
                        List.of(),
                        TokenType.AT_JWT,
                        KeyProof.NONE,
                        Optional.of(delivery)));
    }

    private Optional<String> kind(Place place) {
        return Optional.ofNullable(DocumentReader.peek(place).get(FIELD))
                .flatMap(word -> reader.word(word, List.of(GithubApp.KIND, AwsRole.KIND, Openbao.KIND)));
    }

    private Optional<? extends Delivery> delivery(String kind, Place place) {
        return switch (kind) {
            case GithubApp.KIND -> new GithubAppReader(reader, faults).read(place);
            case AwsRole.KIND -> new AwsRoleReader(reader, faults).read(place);
            default -> new OpenbaoReader(reader, faults).read(place);
        };
    }
}
