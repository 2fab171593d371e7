// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.taskbound.issuer.KeyRotation;
import io.taskbound.issuer.KeyRotation.Outcome;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.ledger.DynamoConnection;
import io.taskbound.token.KeyFactory;
import io.taskbound.token.KeyRecord;
import io.taskbound.token.KmsKeyFactory;
import io.taskbound.token.KmsSigner;
import io.taskbound.token.SealedKeyFactory;
import io.taskbound.token.SealedKeys;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.SigningKeyPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * The function that alone changes signing keys. A schedule runs it: it makes the next key when the newest is old
 * enough; if it runs twice, it makes one key. {@code taskbound keys} invokes it, so that no person needs a right on a
 * signing key. It has a role of its own, because the issuer's may not write keys.
 */
public final class KeyRotationLambda implements RequestStreamHandler {
    private static final String NO_KEY = "no new signing key: ";
    private final RotationSettings settings;
    private final DynamoConnection dynamo = DynamoConnection.ofEnvironment();
    private final KmsConnection kms = KmsConnection.ofEnvironment();
    private final Clock clock;

    /** What Lambda calls; wrong settings fail the deployment. */
    public KeyRotationLambda() {
        this(RotationSettings.read(System.getenv()), Clock.systemUTC());
    }

    KeyRotationLambda(RotationSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @throws IOException when the schedule's key could not be made, so that the invocation counts as failed and its
     *     alarm goes off; who gave a command is told in the answer
     */
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        var answer = JsonText.of(RotationRequest.read(input.readAllBytes())
                .match(
                        whenDue -> whenDue(),
                        rotate -> commanded(() -> rotation(rotate.by())
                                .rotate(
                                        rotate.publishFor().orElse(settings.publishFor()),
                                        Duration.ZERO,
                                        clock.instant())),
                        this::retire,
                        unknown -> RotationAnswer.refused(unknown.why(), "ask with taskbound keys of this version")));
        System.out.println(answer);
        output.write(answer.getBytes(StandardCharsets.UTF_8));
    }

    private JsonObject whenDue() throws IOException {
        try {
            var outcome = rotation("").rotate(settings.publishFor(), settings.rotateAfter(), clock.instant());
            return RotationAnswer.ofTheSchedule(outcome);
        } catch (SignerUnavailable refused) {
            throw new IOException(NO_KEY + refused.getMessage());
        }
    }

    private JsonObject retire(RotationRequest.Retire asked) {
        if (!asked.asksOnly()) {
            return commanded(() -> rotation(asked.by()).takeAway(asked.keyId(), clock.instant()));
        }
        try {
            return RotationAnswer.phase(rotation(asked.by()).phase(asked.keyId(), clock.instant()));
        } catch (SignerUnavailable unusable) {
            return RotationAnswer.unavailable(unusable);
        }
    }

    private interface Change {
        Outcome make() throws SignerUnavailable;
    }

    private static JsonObject commanded(Change change) {
        try {
            return RotationAnswer.of(change.make());
        } catch (SignerUnavailable unusable) {
            return RotationAnswer.unavailable(unusable);
        }
    }

    /** @param by who asked, as they say; Lambda does not tell, CloudTrail does */
    private KeyRotation rotation(String by) throws SignerUnavailable {
        Instant now = clock.instant();
        var store = dynamo.keys(settings.table());
        var client = kms.client();
        var deployed =
                settings.signer() == SignerKind.KMS && store.schedule().keys().isEmpty()
                        ? Optional.of(openDeployed(client))
                        : Optional.<KeyFactory.NewKey>empty();
        return new KeyRotation(
                store, making(client, now), deployed, by.isEmpty() ? settings.by() : settings.by() + " for " + by);
    }

    private KeyFactory making(KmsClient client, Instant now) {
        return settings.signer() == SignerKind.KMS
                ? new KmsKeyFactory(
                        client,
                        settings.tableName(),
                        Optional.of(new SigningKeyPolicy(settings.issuerRole(), settings.rotationRole()).text(now)),
                        System.err::println)
                : new SealedKeyFactory(new SealedKeys(client, settings.signingKey(), settings.tableName()));
    }

    private KeyFactory.NewKey openDeployed(KmsClient client) throws SignerUnavailable {
        var arn = settings.signingKey();
        return new KeyFactory.NewKey(KmsSigner.open(client, arn), new KeyRecord.KeyLocation.InKms(arn));
    }
}
