// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo.theft;

import io.taskbound.cli.demo.Observed;
import io.taskbound.cli.demo.StoryBroken;
import io.taskbound.cli.demo.Transcript;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** After the step: what the thief, in another process, does with what he has kept. */
final class OutsideAct {
    private static final Observed NOBODY = Observed.refused("nobody listens");

    private final TheftStage stage;
    private final Transcript transcript;

    OutsideAct(TheftStage stage, Transcript transcript) {
        this.stage = stage;
        this.transcript = transcript;
    }

    void play() throws StoryBroken, InterruptedException {
        int before = stage.signer().seen().size();
        transcript.tell("thief", "is in another process now, and has kept it all");
        var said = said();
        var address = said.getOrDefault("address", "?");
        transcript.act(
                "thief",
                "sends app.jar to the address",
                NOBODY,
                address.equals("0") ? NOBODY : Observed.did("STATUS " + address),
                "");
        refused("sends the token without a proof", "dpop_missing", said.getOrDefault("alone", "?"), before);
        refused("sends token and proof again", "closed", said.getOrDefault("replay", "?"), before + 1);
        refused("makes a proof with his own key", "dpop_key", said.getOrDefault("key", "?"), before + 2);
    }

    private void refused(String what, String reason, String status, int request) {
        transcript.act("thief", what, Observed.refused(reason), stage.signer().answered(status, request), "");
    }

    private Map<String, String> said() throws StoryBroken, InterruptedException {
        var process = stage.thiefElsewhere();
        try (var out = process.getInputStream()) {
            var said = new HashMap<String, String>();
            new String(out.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                var parts = line.split("=", 2);
                said.put(parts[0], parts[parts.length - 1]);
            });
            process.waitFor();
            if (said.isEmpty()) {
                throw new StoryBroken("the thief's process said nothing");
            }
            return said;
        } catch (IOException fault) {
            throw new StoryBroken("the thief's process cannot be heard");
        } finally {
            process.destroyForcibly();
        }
    }
}
