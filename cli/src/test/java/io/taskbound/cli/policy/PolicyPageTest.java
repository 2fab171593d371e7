// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.identity.Profile;
import io.taskbound.identity.Profiles;
import io.taskbound.policy.FaultCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each YAML block of docs/policy.md and docs/windows.md is loaded, beside what it needs; those marked as refused are
 * refused for that reason.
 */
class PolicyPageTest {
    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- refused: ([^\\n]*) -->\\n)?```yaml\\n(.*?)```", Pattern.DOTALL);
    private static final String SURROUNDINGS = """
        version: 1
        providers:
          github: {profile: github, issuer: "https://token.actions.githubusercontent.com", audience: us}
          jenkins: {profile: jenkins, issuer: "https://ci.acme.example/oidc", audience: us}
          cluster: {profile: kubernetes, issuer: "https://cluster.acme.example", audience: us}
        resource_servers:
          signer: {audience: signer, checks: redeem, client_secret_hashes: [%1$s]}
          tickets: {audience: tickets, checks: redeem, client_secret_hashes: [%1$s]}
        """.formatted("\"" + "5e".repeat(32) + "\"");

    private static final List<String> PAGES = List.of("docs/policy.md", "docs/windows.md");

    record Block(String refused, String yaml) {
        @Override
        public String toString() {
            return yaml.lines().skip(1).findFirst().orElse("") + " " + refused;
        }
    }

    @TempDir
    Path folder;

    static Stream<Block> blocks() throws IOException {
        var found = new ArrayList<Block>();
        for (var page : PAGES) {
            var matcher = BLOCK.matcher(Files.readString(Examples.root().resolve(page)));
            while (matcher.find()) {
                found.add(new Block(matcher.group(1) == null ? "" : matcher.group(1), matcher.group(2)));
            }
        }
        return found.stream();
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void says(Block block) throws IOException {
        Files.writeString(folder.resolve("block.yaml"), block.yaml());
        if (!block.yaml().startsWith("version:")) {
            // A block with providers of its own brings those that it needs.
            boolean own = block.yaml().startsWith("providers:");
            var around = own ? SURROUNDINGS.replaceFirst("(?s)providers:.*?\nresource_", "resource_") : SURROUNDINGS;
            Files.writeString(folder.resolve("context.yaml"), around);
        }
        var loaded = PolicyFiles.load(folder);

        assertThat(errors(loaded)).as(loaded.toString()).hasSize(block.refused().isEmpty() ? 0 : 1);
        assertThat(errors(loaded)).allMatch(message -> message.contains(block.refused()));
        if (block.refused().isEmpty()) {
            assertThat(loaded.match(Loaded.Ok::warnings, Loaded.Faulty::faults))
                    .extracting(LocatedFault::fault)
                    .filteredOn(fault -> fault.code() != FaultCode.UNUSED)
                    .isEmpty();
        }
    }

    @Test
    void hasBlocksOfBothKinds() throws IOException {
        assertThat(blocks().filter(block -> block.refused().isEmpty())).hasSizeGreaterThan(3);
        assertThat(blocks().filter(block -> !block.refused().isEmpty())).hasSizeGreaterThan(3);
    }

    @Test
    void namesEveryProfile() throws IOException {
        assertThat(words("| `profile` |"))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(Stream.of("profile"), Profiles.names().stream())
                        .toList());
    }

    @Test
    void saysWhatAProfileKnows() throws IOException {
        assertThat(words("- **The tenant, by exact value.**"))
                .isEqualTo(known(profile -> profile.tenantClaims().stream()));
        assertThat(words("3. otherwise, a claim of that name which the profile allows:"))
                .isEqualTo(known(profile -> profile.ownable().keySet().stream()));
        assertThat(words("Without an `event_name`,"))
                .isEqualTo(known(profile -> profile.defaultEvents().stream()
                        .flatMap(events -> Stream.of(
                                        List.of(events.claim()), events.allowed(), events.startedByStrangers())
                                .flatMap(List::stream))));
    }

    @Test
    void saysHowOldAnIdTokenMayBe() throws IOException {
        var words = new TreeSet<>(Set.of("max_age", "24h"));
        for (var name : Profiles.names()) {
            words.add(name);
            words.add(shortest(Profiles.named(name).orElseThrow().maxAge()));
        }

        assertThat(words("| `max_age` |")).isEqualTo(words);
    }

    private static String shortest(Duration age) {
        return age.toMinutes() % 60 == 0 ? age.toHours() + "h" : age.toMinutes() + "m";
    }

    private static Set<String> known(Function<Profile, Stream<String>> words) {
        return Profiles.names().stream()
                .flatMap(name -> words.apply(Profiles.named(name).orElseThrow()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What the line that begins so says in backticks. */
    private static Set<String> words(String beginning) throws IOException {
        var line = Files.readAllLines(Examples.root().resolve("docs/policy.md")).stream()
                .filter(text -> text.startsWith(beginning))
                .findFirst()
                .orElseThrow(() -> new AssertionError("docs/policy.md has no line: " + beginning));
        return Pattern.compile("`([^`]+)`")
                .matcher(line)
                .results()
                .map(word -> word.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> errors(Loaded loaded) {
        return loaded instanceof Loaded.Faulty faulty
                ? faulty.faults().stream()
                        .map(LocatedFault::fault)
                        .filter(fault -> fault.severity() == io.taskbound.policy.Severity.ERROR)
                        .map(fault -> fault.message())
                        .toList()
                : List.of();
    }
}
