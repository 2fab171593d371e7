// SPDX-License-Identifier: Apache-2.0
package io.taskbound.credential;

import static io.taskbound.credential.Grants.permission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.policy.GithubApp;
import io.taskbound.task.Permission;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GithubAccessTest {
    private static final GithubApp APP =
            new GithubApp("12345", Map.of("acme", "1001", "umbrella", "1002"), URI.create("https://api.github.com"));

    private static GithubAccess access(Permission... permissions) throws NotDeliverable {
        return (GithubAccess) Access.of(APP, List.of(permissions));
    }

    private static void assertNotDeliverable(String words, Permission... permissions) {
        assertThatThrownBy(() -> access(permissions))
                .isInstanceOf(NotDeliverable.class)
                .hasMessageContaining(words);
    }

    @Test
    void isTheRepositoriesAndPermissionsOfTheGrant() throws NotDeliverable {
        var access = access(
                permission("github:acme/shop", "contents:write", "issues:read"),
                permission("github:acme/docs.v2", "contents:write", "issues:read"));

        assertThat(access.owner()).isEqualTo("acme");
        assertThat(access.ownerId()).isEqualTo("1001");
        assertThat(access.repositories()).containsExactly("shop", "docs.v2");
        assertThat(access.permissions()).containsExactly(Map.entry("contents", "write"), Map.entry("issues", "read"));
    }

    @Test
    void asksForTheHighestLevelOfAPermissionOnce() throws NotDeliverable {
        assertThat(access(permission(
                                "github:acme/shop", "contents:write", "contents:read", "pages:admin", "pages:write"))
                        .permissions())
                .containsExactly(Map.entry("contents", "write"), Map.entry("pages", "admin"));
    }

    @Test
    void joinsWhatTheGrantSaysOfOneRepositoryInTwoObjects() throws NotDeliverable {
        var access =
                access(permission("github:acme/shop", "contents:read"), permission("github:acme/shop", "issues:write"));

        assertThat(access.repositories()).containsExactly("shop");
        assertThat(access.permissions()).containsOnlyKeys("contents", "issues");
    }

    @Test
    void hasNoMoreInOneRepositoryThanTheGrantSaysOfIt() {
        assertNotDeliverable(
                "ask in two steps",
                permission("github:acme/shop", "contents:write"),
                permission("github:acme/docs", "contents:read"));
    }

    @Test
    void isForOneOwner() {
        assertNotDeliverable(
                "repositories of one owner",
                permission("github:acme/shop", "contents:read"),
                permission("github:umbrella/shop", "contents:read"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"github:evil/shop", "github:Acme/shop", "github:acme-evil/shop"})
    void isForAnOwnerOfTheServer(String identifier) {
        assertNotDeliverable("no repository of that owner", permission(identifier, "contents:read"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acme/shop",
                "github:shop",
                "github:/shop",
                "github:acme/",
                "github:acme/a/b",
                "github:acme/a:b",
                "github:acme/a@b",
                "github:acme/shop.git",
                "github:acme/shop.GIT"
            })
    void isForRepositories(String identifier) {
        assertNotDeliverable("a repository: request github:OWNER/NAME", permission(identifier, "contents:read"));
    }

    @Test
    void takesNoNameThatGithubHasNot() throws NotDeliverable {
        assertThat(access(permission("github:acme/" + "a".repeat(100), "contents:read"))
                        .repositories())
                .hasSize(1);
        assertNotDeliverable("a repository", permission("github:acme/" + "a".repeat(101), "contents:read"));
    }

    @Test
    void namesARepositoryOnce() {
        assertNotDeliverable(
                "GitHub ignores case",
                permission("github:acme/shop", "contents:read"),
                permission("github:acme/Shop", "contents:read"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"contents", "contents:all", ":read", "contents:"})
    void anActionIsAPermissionAndItsLevel(String action) {
        assertNotDeliverable("a GitHub permission and its level", permission("github:acme/shop", action));
    }

    /** GitHub takes an absent or empty list for all that the App has. */
    @Test
    void isNeverForNothing() {
        assertThatThrownBy(() -> new GithubAccess(APP, "acme", "1001", List.of(), new TreeMap<>(Map.of("a", "read"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new GithubAccess(APP, "acme", "1001", List.of("shop"), new TreeMap<>()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
