// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.json.JsonObject;
import io.taskbound.token.Jti;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code taskbound receipt} invokes the function with: an administrator's request for the receipt of any token.
 * Only whoever may invoke the function ({@code lambda:InvokeFunction}) can send one: of an event that API Gateway or a
 * Function URL makes, a caller chooses the values of some members but never the members.
 *
 * @param by who asks, as they say; Lambda does not tell, CloudTrail does
 */
record ReceiptCommand(Jti handle, String by) {
    private static final Set<String> MEMBERS = Set.of("command", "handle", "by");

    /** Whether the event is anything but a request that came over HTTP. */
    static boolean isMeantBy(JsonObject event) {
        return event.has("command") && !event.has("requestContext");
    }

    /** Empty when it is another command, or not of this version. */
    static Optional<ReceiptCommand> read(JsonObject event) {
        var by = event.string("by").filter(name -> name.matches("[ -~]{1,300}"));
        var handle = event.string("handle").flatMap(Jti::parse);
        boolean known = event.string("command").filter("receipt"::equals).isPresent()
                && MEMBERS.equals(event.members().keySet());
        return known && by.isPresent() ? handle.map(jti -> new ReceiptCommand(jti, by.get())) : Optional.empty();
    }
}
