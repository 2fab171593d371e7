// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.taskbound.client.GrantedToken;
import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.TaskRequest;
import io.taskbound.client.step.ApprovalText;
import io.taskbound.client.step.RefusalText;
import io.taskbound.client.step.StepText;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Exchanges an ID token of the build for a task token. Whatever else comes of it is one sentence that fails the step.
 */
final class TokenExchange {
    private static final String LOST_ANSWER = "taskbound: an answer was lost, so a token may exist that nobody holds;"
            + " it expires when its lease lapses";

    private final TokenRequest wanted;
    private final TaskListener log;
    private final IssuerClient client;
    private final TaskRequest request;
    private final IdToken idToken;

    private TokenExchange(
            TokenRequest wanted, TaskListener log, IssuerClient client, TaskRequest request, IdToken idToken) {
        this.wanted = wanted;
        this.log = log;
        this.client = client;
        this.request = request;
        this.idToken = idToken;
    }

    /** Creates the ID token; sends nothing yet. */
    static TokenExchange of(TokenRequest wanted, Run<?, ?> run, TaskListener log) throws AbortException {
        try {
            Refusals.requireAllowed(wanted.issuer());
            TaskRequest request = wanted.request();
            BuildIdentity identity = BuildIdentity.of(
                    run, wanted.credentialsId(), wanted.issuer().toString());
            IssuerClient client = IssuerClients.at(wanted.issuer(), identity.audience());
            return new TokenExchange(wanted, log, client, request, identity.forTask(request.txn()));
        } catch (IllegalArgumentException e) {
            throw new AbortException("withTaskToken: " + e.getMessage());
        }
    }

    /**
     * Sends the request.
     *
     * @param aborted whether the build waits no longer
     * @return empty where the issuer would grant it in a dry run
     */
    Optional<GrantedToken> send(boolean dryRun, BooleanSupplier aborted) throws AbortException {
        MintAnswer answer = dryRun ? client.dryRun(idToken, request) : mint(aborted);
        if (!dryRun && answer.mayHaveLeftAToken()) {
            log.getLogger().println(LOST_ANSWER);
        }
        Optional<String> failure = answer.match(
                granted -> dryRun ? Optional.of(Refusals.afterGrantedDryRun(client, granted)) : Optional.empty(),
                wouldGrant -> Optional.empty(),
                pending -> Optional.of(ApprovalText.gaveUp(pending.approval(), Duration.ZERO)),
                refused -> Optional.of(refusal(refused)),
                unavailable -> Optional.of(StepText.unavailable(client.issuer(), unavailable.outage(), false)));
        if (failure.isPresent()) {
            throw new AbortException(failure.get());
        }
        return answer.match(
                granted -> Optional.of(granted.token()),
                wouldGrant -> wouldGrant(),
                pending -> Optional.empty(),
                refused -> Optional.empty(),
                unavailable -> Optional.empty());
    }

    /**
     * An abort in mid-request may leave a token that nobody knows: the same request again names it, so that it can be
     * closed.
     */
    private MintAnswer mint(BooleanSupplier aborted) {
        MintAnswer answer = client.mint(idToken, request);
        if (!aborted.getAsBoolean() || answer instanceof MintAnswer.Granted) {
            return answer;
        }
        Thread.interrupted();
        return client.mint(idToken, request);
    }

    private String refusal(MintAnswer.Refused refused) {
        log.getLogger().println(RefusalText.of(client.issuer(), request, idToken, refused));
        return Refusals.sentence(wanted.task(), refused.refusal());
    }

    private Optional<GrantedToken> wouldGrant() {
        log.getLogger().println(BlockText.wouldGrant());
        return Optional.empty();
    }
}
