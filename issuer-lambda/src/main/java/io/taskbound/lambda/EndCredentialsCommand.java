// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.issuer.SweepCredentials;
import io.taskbound.issuer.SweepWindows;
import io.taskbound.json.JsonObject;

/**
 * What the schedule of the stack invokes the function with each minute: to end the tokens whose change window a new
 * policy has closed, and the foreign credentials of dead tokens. It is the issuer's own task, because only the issuer's
 * role may open what is sealed. Only whoever may invoke the function can send it, and it does nothing that would not be
 * done a minute later anyway.
 */
final class EndCredentialsCommand {
    private static final String NAME = "end-credentials";

    private EndCredentialsCommand() {}

    static boolean isMeantBy(JsonObject event) {
        return event.string("command").filter(NAME::equals).isPresent()
                && event.members().size() == 1;
    }

    static JsonObject answer(SweepWindows.Report windows, SweepCredentials.Report report) {
        return JsonObject.builder()
                .put("closed_by_window", windows.ended())
                .put("ended", report.ended())
                .put("unheard", report.unheard())
                .put("failed", report.failed())
                .put("whole", windows.whole() && report.whole())
                .build();
    }
}
