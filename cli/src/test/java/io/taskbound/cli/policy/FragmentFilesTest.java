// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A team's file is read under its cap, with the places of its own lines, and only from a folder below the policy. */
class FragmentFilesTest {
    private static final String POLICY = """
            version: 1
            providers:
              github: {profile: github, issuer: "https://gh.example", audience: us}
            resource_servers:
              store: {audience: store, checks: offline}
            fragments:
              shop:
                file: FILE
                cap:
                  prefix: shop-
                  allow: [{provider: github, claims: {repository_id: "2002", repository_owner_id: "1001"}}]
                  permissions: [{resource_server: store, actions: [move], identifiers: ["data:shop/*"]}]
                  max_lifetime: 5m
            tasks: {}
            """;
    private static final String TEAM = """
            tasks:
              shop-move:
                permissions: [{resource_server: store, actions: [move], identifiers: ["data:shop/*"]}]
                max_lifetime: 5m
                allow: [{provider: github, claims: {repository_id: "2002", repository_owner_id: "1001", ref: refs/heads/main, ref_type: branch}}]
            """;

    @TempDir
    private Path folder;

    private Loaded load(String file, String team) throws Exception {
        Files.createDirectories(folder.resolve("fragments"));
        Files.writeString(folder.resolve("fragments/shop.yaml"), team);
        Files.writeString(folder.resolve("policy.yaml"), POLICY.replace("FILE", file));
        return PolicyFiles.load(folder);
    }

    private static List<String> errors(Loaded loaded) {
        return loaded.match(
                ok -> List.of(),
                faulty -> faulty.faults().stream()
                        .map(fault -> fault.file().getFileName() + ":" + fault.line() + " "
                                + fault.fault().message())
                        .toList());
    }

    @Test
    void standsInTheCanonicalFormBesideItsCap() throws Exception {
        var loaded = load("fragments/shop.yaml", TEAM);
        assertThat(errors(loaded)).isEmpty();
        var ok = (Loaded.Ok) loaded;
        var fragment = ok.canonical()
                .object("fragments")
                .flatMap(all -> all.object("shop"))
                .orElseThrow();
        assertThat(fragment.members().keySet()).containsExactlyInAnyOrder("cap", "tasks");
        assertThat(ok.policy().tasks()).hasSize(1);
    }

    @Test
    void namesThePlaceInTheTeamsFile() throws Exception {
        assertThat(errors(load("fragments/shop.yaml", TEAM.replace("data:shop/*", "data:bank/*"))))
                .anySatisfy(
                        error -> assertThat(error).startsWith("shop.yaml:3 ").contains("not certainly within"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"providers: {}\n", "cap: {}\n", "approvers: {}\n", "version: 1\n"})
    void holdsTasksAndCallersAlone(String more) throws Exception {
        assertThat(errors(load("fragments/shop.yaml", more + TEAM)))
                .anySatisfy(error -> assertThat(error).startsWith("shop.yaml:1 a fragment has no "));
    }

    @Test
    void mergesNothing() throws Exception {
        var merged =
                "x: &a {allow: []}\n" + TEAM.replace("    max_lifetime: 5m\n", "    <<: *a\n    max_lifetime: 5m\n");
        assertThat(errors(load("fragments/shop.yaml", merged)))
                .anySatisfy(error -> assertThat(error).startsWith("shop.yaml:5 a name must be a string"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop.yaml",
                "../shop.yaml",
                "fragments/../shop.yaml",
                "/etc/hostname",
                "fragments/none.yaml",
                "fragments",
                "fragments/link.yaml"
            })
    void isReadOnlyFromAFolderBelow(String file) throws Exception {
        Files.createDirectories(folder.resolve("fragments"));
        Files.createSymbolicLink(folder.resolve("fragments/link.yaml"), Path.of("shop.yaml"));
        assertThat(errors(load(file, TEAM)))
                .anySatisfy(error -> assertThat(error).startsWith("policy.yaml:8 the file cannot be read"));
    }
}
