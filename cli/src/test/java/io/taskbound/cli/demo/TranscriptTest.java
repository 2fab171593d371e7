// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.terminal.CommandContext;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The demo must be able to fail: what it checks is checked here. */
class TranscriptTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Transcript transcript = new Transcript(context());

    @Test
    void endsWellWhenAllIsAsExpected() {
        transcript.act("thief", "steals", Observed.refused("spent"), Observed.refused("spent"), "");
        transcript.act("step", "asks", Observed.did("GRANTED"), Observed.did("GRANTED"), "");
        assertThat(transcript.end()).isZero();
        assertThat(printed()).contains("1 of 1 refusals, 1 of 1 grants.  OK");
    }

    @Test
    void endsBadlyWhenATheftSucceeds() {
        transcript.act("thief", "steals", Observed.refused("spent"), Observed.did("SIGNED"), "");
        assertThat(transcript.end()).isEqualTo(1);
        assertThat(printed()).contains("should be REFUSED spent").contains("0 of 1 refusals, 0 of 0 grants.  NOT OK");
    }

    @Test
    void endsBadlyWhenTheRefusalHasAnotherReason() {
        transcript.act("thief", "steals", Observed.refused("spent"), Observed.refused("closed"), "");
        assertThat(transcript.end()).isEqualTo(1);
    }

    @Test
    void endsBadlyWhenAGrantIsMissing() {
        transcript.answer(Observed.did("GRANTED"), Observed.refused("not_allowed"), "");
        assertThat(transcript.end()).isEqualTo(1);
    }

    @Test
    void endsBadlyWhenWhatIsNotCountedFails() {
        transcript.act("step", "ends", Observed.did("CLOSED"), Observed.refused("not closed"), "");
        assertThat(transcript.end()).isEqualTo(1);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private CommandContext context() {
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new CommandContext(stream, stream, InputStream.nullInputStream(), Map.of(), false, Clock.systemUTC());
    }
}
