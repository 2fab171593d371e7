// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import io.taskbound.client.TaskToken;
import io.taskbound.client.Use;
import java.util.UUID;

/** What every act of the story does: ask as the honest step, try as the thief, look at the ledger. */
record Scene(Stage stage, Role role, IssuerClient client, Transcript transcript, CommandContext context) {
    static final Observed GRANTED = Observed.did(Observed.GRANTED);
    static final String PRODUCTION = "environment:acme/shop/production";

    static TaskRequest request(String task, String action, String identifier) {
        return TaskRequest.of(TaskDetail.of(task, action, identifier)).withTxn(UUID.randomUUID());
    }

    IdToken stepIdToken(TaskRequest request) {
        return IdToken.of(stepIdTokenText(request));
    }

    String stepIdTokenText(TaskRequest request) {
        return stage.provider()
                .idToken(role.step(stage.provider(), stage.issuer().toString(), request.txn()));
    }

    Observed mint(IdToken idToken, TaskRequest request) {
        return observed(client.mint(idToken, request));
    }

    Observed observed(MintAnswer answer) {
        return Observed.of(answer, stage.audit());
    }

    /** What a resource server makes of a token: before it acts it redeems one use, each time another one. */
    Observed redeem(String server, TaskToken token, String action, String identifier, String done) {
        var answer = client.redeem(stage.credentials(server), token, Use.once(action, identifier));
        return Observed.of(answer, done, stage.audit());
    }

    /** The thief shows the token to a resource server. */
    void thief(String what, String reason, String server, TaskToken stolen, String action, String identifier) {
        thief(what, reason, redeem(server, stolen, action, identifier, "DONE"));
    }

    void thief(String what, String reason, Observed observed) {
        transcript.act("thief", what, Observed.refused(reason), observed, "");
    }

    /** The ledger as it is now. */
    RecordLine records() {
        return new RecordLine(stage.ledger(), context.clock().instant());
    }
}
