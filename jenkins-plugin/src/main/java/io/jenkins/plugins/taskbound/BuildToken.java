// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.EnvVars;
import hudson.model.Result;
import io.taskbound.client.GrantedToken;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * The token of one Freestyle build, or of one cell of a Matrix job: there before its build steps, closed after them. It
 * lives in memory alone, because such a build does not survive a restart of Jenkins.
 */
final class BuildToken {
    private final BuildSite site;
    private final BlockTokens tokens;
    private final StoredToken token;
    private final BlockTokens.Given given;
    private final boolean receipt;
    private volatile boolean over;

    private BuildToken(
            BuildSite site, BlockTokens tokens, StoredToken token, BlockTokens.Given given, boolean receipt) {
        this.site = site;
        this.tokens = tokens;
        this.token = token;
        this.given = given;
        this.receipt = receipt;
    }

    /** Waits for people only as long as the form says. From here on the log of the build masks the token. */
    static BuildToken get(TaskForm form, boolean receipt, BuildSite site) throws IOException, InterruptedException {
        EnvVars variables = site.environment();
        var filled = new FilledForm(form, variables::expand);
        TokenRequest wanted = filled.request();
        var tokens = new BlockTokens(site, wanted, filled.delivery());
        Duration wait = filled.approvalWait().orElse(Duration.ZERO);
        StepScene scene = StepScene.of(site);
        BuildsWithTokens.get().add(site.build());
        var acquisition = new BuildAcquisition(new StepRequest(wanted, false, wait, scene));
        GrantedToken granted = acquisition.token();
        BlockTokens.Kept kept = tokens.keep(granted, site.log());
        StoredToken token = kept.token();
        scene.page().add(new TaskTokenRecord(wanted, scene.place(), granted, token.key(), token.grantedAt()));
        try {
            acquisition.failIfAborted(null);
            BlockTokens.Given given = tokens.give(kept);
            BuildMasks.get().hide(site.build(), given.secrets());
            site.log().getLogger().println(given.masked());
            return new BuildToken(site, tokens, token, given, receipt);
        } catch (IOException | InterruptedException | RuntimeException e) {
            // Such as a credential that is not delivered: nobody will use the token.
            tokens.close(token, acquisition.isAborted() ? TokenEnd.CANCEL : TokenEnd.STEP_END);
            acquisition.failIfAborted(e);
            throw e;
        }
    }

    /** Until it is over: what runs after the build steps sees nothing of it. */
    void addTo(Map<String, String> environment) {
        if (!over) {
            // An empty value has to reach the agent, to take its own away.
            given.secrets().values().forEach((name, value) -> environment.put(name, literally(value)));
            environment.put(VariableName.HANDLE, literally(token.key().handle()));
        }
    }

    /** Jenkins replaces variables in such values twice, and two dollar signs by one each time. */
    private static String literally(String value) {
        return value.replace("$", "$$$$");
    }

    /** Never fails the build: what could not be done is said in the log. */
    void end() {
        over = true;
        boolean aborted = Objects.equals(site.build().getResult(), Result.ABORTED);
        tokens.close(token, aborted ? TokenEnd.CANCEL : TokenEnd.STEP_END);
        TokenFiles.delete(given.folders(), site);
        if (receipt) {
            tokens.receipt(token);
        }
    }
}
