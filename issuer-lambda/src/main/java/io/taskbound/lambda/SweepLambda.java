// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.taskbound.digest.Base64Url;
import io.taskbound.issuer.Sweep;
import io.taskbound.issuer.SweepReport;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.ledger.DynamoConnection;
import io.taskbound.ledger.Sweeper;
import io.taskbound.metrics.SweepMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * The function that ends in the ledger what nobody ended. A schedule runs it each minute; it may run twice at once, and
 * a run that is cut short or left out is made up for by the next. It has a role of its own, which signs nothing.
 */
public final class SweepLambda implements RequestStreamHandler {
    /** Left to finish the tokens at hand and to write the metrics: a request to the table takes 3 s at most. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    /** Of the template's function, which has a minute, where Lambda does not say what is left. */
    private static final Duration USUAL = Duration.ofSeconds(50);

    private static final int ID_BYTES = 12;

    private final SweepSettings settings;
    private final DynamoConnection dynamo = DynamoConnection.ofEnvironment();
    private final Clock clock;
    private final PrintStream out;

    /** What Lambda calls; wrong settings fail the deployment. */
    public SweepLambda() {
        this(SweepSettings.read(System.getenv()), Clock.systemUTC(), System.out);
    }

    SweepLambda(SweepSettings settings, Clock clock, PrintStream out) {
        this.settings = settings;
        this.clock = clock;
        this.out = out;
    }

    /**
     * @throws IOException when not one shard could be swept, so that the invocation counts as failed; what is less than
     *     that has a metric and an alarm
     */
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        var id = Optional.ofNullable(context).map(Context::getAwsRequestId).orElseGet(() -> Base64Url.random(ID_BYTES));
        var sweep = new Sweep(
                dynamo.sweeper(settings.table()), line -> out.println(line.text()), System.err::println, clock);
        var report = sweep.run(id, time(context));
        settings.metrics().ifPresent(issuer -> write(new SweepMetrics(issuer, id, clock.instant()), report));
        if (report.failedShards() >= Sweeper.SHARDS) {
            throw new IOException("nothing could be swept: the lines above say why");
        }
        output.write(JsonText.of(answer(report)).getBytes(StandardCharsets.UTF_8));
    }

    private static Duration time(Context context) {
        if (context == null) {
            return USUAL;
        }
        var left = Duration.ofMillis(context.getRemainingTimeInMillis()).minus(MARGIN);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private void write(SweepMetrics metrics, SweepReport report) {
        out.println(metrics.line(
                report.allEnded(), report.missingCloses(), report.rearmed(), report.failed(), report.behind()));
    }

    private static JsonObject answer(SweepReport report) {
        return JsonObject.builder()
                .put("ended", report.allEnded())
                .put("missing_closes", report.missingCloses())
                .put("rearmed", report.rearmed())
                .put("failed", report.failed())
                .put("behind_seconds", report.behind().toSeconds())
                .build();
    }
}
