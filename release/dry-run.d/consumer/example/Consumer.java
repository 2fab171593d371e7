// SPDX-License-Identifier: Apache-2.0
package example;

import io.taskbound.client.HeldToken;
import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;

/** A step: gets a token of the issuer that its argument names, holds it, and closes it. Its ID token is the first line on stdin. */
public final class Consumer {
    public static void main(String[] arguments) throws Exception {
        var idToken = new String(System.in.readAllBytes()).strip();
        var issuer = IssuerClient.builder(IssuerUrl.of(arguments[0])).build();
        var task = TaskDetail.of(arguments[1], arguments[2], arguments[3]);
        var answer = issuer.mint(IdToken.of(idToken), TaskRequest.of(task));
        if (!(answer instanceof MintAnswer.Granted)) {
            throw new IllegalStateException(answer.getClass().getSimpleName());
        }
        HeldToken held = issuer.hold(((MintAnswer.Granted) answer).token(), dead -> {});
        System.out.println("granted, " + held.end().getClass().getSimpleName());
    }
}
