// SPDX-License-Identifier: Apache-2.0
package io.taskbound.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.policy.Openbao;
import io.taskbound.task.Identifier;
import io.taskbound.task.Permission;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OpenbaoAccessTest {
    private static final Openbao SERVER = new Openbao(
            URI.create("https://vault.acme.example"),
            "release",
            "jwt",
            Optional.empty(),
            "taskbound-revoke",
            "https://vault.acme.example");

    private static Permission permission(String identifier, String... actions) {
        return new Permission(
                new TreeSet<>(List.of(actions)), "urn:taskbound:server:vault", new Identifier(identifier));
    }

    @Test
    void isOneActionOnOneTarget() throws NotDeliverable {
        var access = OpenbaoAccess.of(SERVER, List.of(permission("vault:acme/shop", "read")));
        assertThat(access.action()).isEqualTo("read");
        assertThat(access.identifier()).isEqualTo(new Identifier("vault:acme/shop"));
        assertThat(access.server()).isEqualTo(SERVER);
    }

    @Test
    void isNothingElse() {
        refused("one action on one identifier", permission("a", "read", "write"));
        refused("one action on one identifier", permission("a", "read"), permission("b", "read"));
        refused("one action on one identifier");
    }

    /** Older versions of OpenBao, and Vault, take it for any part of a path, also where metadata put it there. */
    @Test
    void isNoWildcardOfPaths() {
        refused("no +", permission("vault:+/shop", "read"));
        refused("no +", permission("+", "read"));
    }

    private static void refused(String sentence, Permission... permissions) {
        assertThatThrownBy(() -> OpenbaoAccess.of(SERVER, List.of(permissions)))
                .isInstanceOf(NotDeliverable.class)
                .hasMessageContaining(sentence);
    }
}
