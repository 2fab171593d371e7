// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.integrations;

import io.taskbound.cli.http.LocalAnswer;
import io.taskbound.cli.http.LocalServer;
import io.taskbound.cli.policy.PolicyFiles;
import io.taskbound.cli.serve.LedgerStore;
import io.taskbound.http.IssuerEdge;
import io.taskbound.http.IssuerParts;
import io.taskbound.identity.FetchPolicy;
import io.taskbound.identity.HttpKeyFetcher;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.local.ClaimSet;
import io.taskbound.local.OwnPort;
import io.taskbound.local.StandInProvider;
import io.taskbound.policy.Policy;
import io.taskbound.token.LocalSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An issuer with the policy of a recipe, in which only the two addresses differ: its own, and that of the stand-in that
 * signs ID tokens as the recipe's CI system does.
 */
final class RecipeIssuer implements AutoCloseable {
    private static final Clock CLOCK = Clock.systemUTC();

    private final Recipe recipe;
    private final StandInProvider provider;
    private final LedgerStore store = LedgerStore.inMemory();
    private final LocalServer server;
    private final List<String> audit = Collections.synchronizedList(new ArrayList<>());

    private int signed;

    private RecipeIssuer(Recipe recipe, StandInProvider provider, LocalServer server) {
        this.recipe = recipe;
        this.provider = provider;
        this.server = server;
    }

    static RecipeIssuer start(Recipe recipe) throws IOException {
        var issuer = new RecipeIssuer(
                recipe, StandInProvider.start(recipe.dialect(), CLOCK), OwnPort.bind(LocalServer::bind));
        issuer.serve();
        return issuer;
    }

    private void serve() throws IOException {
        var policy = new CurrentPolicy(policy(), new HttpKeyFetcher(FetchPolicy.WITH_LOOPBACK));
        server.serve(LocalAnswer.by(new IssuerEdge(new IssuerParts(
                url(), policy, store.ledger(), LocalSigner.generate(), Runnable::run, audit::add, line -> {}, CLOCK))));
    }

    private Policy policy() throws IOException {
        var text = Files.readString(recipe.folder().resolve("policy.yaml"))
                .replace("https://tokens.acme.example", url())
                .replaceFirst("(?m)^    issuer: \\S+", "    issuer: " + provider.issuer());
        var file = Files.createTempFile("recipe", ".yaml");
        try {
            Files.writeString(file, text);
            return PolicyFiles.load(file).match(ok -> ok.policy(), faulty -> {
                throw new AssertionError(faulty.faults().toString());
            });
        } finally {
            Files.delete(file);
        }
    }

    String url() {
        return server.url();
    }

    /**
     * A fresh one of a job that the policy lets deploy: a second older than the last, since not all systems number
     * them.
     */
    String idToken() {
        signed++;
        return provider.idToken(claims().with("iat", CLOCK.instant().getEpochSecond() - signed));
    }

    /** The same of a job that it does not know. */
    String strangersIdToken() {
        return provider.idToken(recipe.strangers(claims()));
    }

    private ClaimSet claims() {
        return recipe.claims(provider).forAudience(url());
    }

    /** Of the tokens that were granted, how many were closed by those who held them. */
    long closed() {
        return count("close");
    }

    long granted() {
        synchronized (audit) {
            return audit.stream()
                    .filter(line -> line.contains("\"event\":\"mint\"") && line.contains("\"granted\""))
                    .count();
        }
    }

    private long count(String event) {
        synchronized (audit) {
            return audit.stream()
                    .filter(line -> line.contains("\"event\":\"" + event + "\""))
                    .count();
        }
    }

    List<String> audit() {
        return List.copyOf(audit);
    }

    @Override
    public void close() throws Exception {
        server.close();
        store.close();
        provider.close();
    }
}
