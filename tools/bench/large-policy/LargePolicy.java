// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/** Times {@code taskbound policy check} on policies of many rules, and prints each kind beside its bars. */
final class LargePolicy {
    private static final int HALF = 5_000;
    private static final int WHOLE = 10_000;
    /** Seconds from the start of the command to its end, on a machine that does nothing else. */
    private static final double BAR_SECONDS = 3;
    /** Twice as many rules; linear growth is 2. */
    private static final double BAR_GROWTH = 2.6;

    private static final String HEAD =
            """
            version: 1
            providers:
              github: {profile: github, issuer: "https://token.actions.githubusercontent.com", audience: "https://tokens.acme.example"}
            resource_servers:
              signer: {audience: "https://signer.acme.example", checks: redeem, client_secret_hashes: ["%s"]}
            tasks:
              sign-release:
                description: Sign one release artifact
                permissions:
                  - {resource_server: signer, actions: [sign], identifiers: ["artifact:acme/shop/**@sha256:{sha256}"]}
                max_lifetime: 10m
                max_uses: 1
                allow:
            """;

    private final List<String> command;
    private final Path folder;
    private final int rounds;

    private LargePolicy(String java, Path folder, int rounds) {
        this.command = List.of(
                java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", "cli/target/taskbound.jar", "policy", "check");
        this.folder = folder;
        this.rounds = rounds;
    }

    /** JAVA FOLDER ROUNDS */
    public static void main(String[] arguments) throws Exception {
        var bench = new LargePolicy(arguments[0], Path.of(arguments[1]), Integer.parseInt(arguments[2]));
        var held = new ArrayList<Boolean>();
        held.add(bench.measure("repositories", i -> rule("repository_id: \"" + (5_000 + i) + "\", ref: refs/heads/main")));
        held.add(bench.measure("branches", i -> rule("repository_id: \"2002\", ref: refs/heads/b" + i)));
        held.add(bench.measure("patterns", i -> rule("repository_id: \"2002\", ref: \"refs/heads/b" + i + "/*\"")));
        held.add(bench.measure(
                "lists",
                i -> rule("repository_id: [\"" + (5_000 + i) + "\", \"" + (5_001 + i) + "\"], ref: [refs/heads/main, refs/heads/b"
                        + i + "]")));
        System.exit(held.contains(false) ? 1 : 0);
    }

    private static String rule(String claims) {
        return "      - {provider: github, claims: {repository_owner_id: \"1001\", ref_type: branch, " + claims + "}}\n";
    }

    private boolean measure(String kind, IntFunction<String> rule) throws IOException, InterruptedException {
        double start = median(1, rule);
        double half = median(HALF, rule);
        double whole = median(WHOLE, rule);
        double growth = (whole - start) / (half - start);
        boolean held = whole <= BAR_SECONDS && growth <= BAR_GROWTH;
        System.out.printf(
                Locale.ROOT,
                "%-12s  1 rule %.2f s, %,d rules %.2f s, %,d rules %.2f s (bar %.0f); twice as many take %.2f times (bar %.1f)  %s%n",
                kind,
                start,
                HALF,
                half,
                WHOLE,
                whole,
                BAR_SECONDS,
                growth,
                BAR_GROWTH,
                held ? "PASS" : "MISS");
        return held;
    }

    private double median(int rules, IntFunction<String> rule) throws IOException, InterruptedException {
        var text = new StringBuilder(String.format(Locale.ROOT, HEAD, "0".repeat(63) + "1"));
        for (int i = 0; i < rules; i++) {
            text.append(rule.apply(i));
        }
        var policy = Files.writeString(folder.resolve("policy.yaml"), text);
        var seconds = new ArrayList<Double>();
        for (int round = 0; round < rounds; round++) {
            seconds.add(seconds(policy));
        }
        return seconds.stream().sorted().toList().get(rounds / 2);
    }

    private double seconds(Path policy) throws IOException, InterruptedException {
        var whole = new ArrayList<>(command);
        whole.add(policy.toString());
        long began = System.nanoTime();
        var process = new ProcessBuilder(whole).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("policy check failed: " + said);
        }
        return (System.nanoTime() - began) / 1e9;
    }
}
