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
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * The function that a schedule runs: it makes the next signing key when the newest is old enough, and does nothing
 * else. If it runs twice, it makes one key. It has a role of its own, because the issuer's may not write keys.
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
     * @throws IOException when the key could not be made, so that the invocation counts as failed and its alarm goes
     *     off
     */
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        try {
            var answer = JsonText.of(told(rotate(clock.instant())));
            System.out.println(answer);
            output.write(answer.getBytes(StandardCharsets.UTF_8));
        } catch (SignerUnavailable refused) {
            throw new IOException(NO_KEY + refused.getMessage());
        }
    }

    private Outcome rotate(Instant now) throws SignerUnavailable {
        var store = dynamo.keys(settings.table());
        var client = kms.client();
        var deployed =
                settings.signer() == SignerKind.KMS && store.schedule().keys().isEmpty()
                        ? Optional.of(openDeployed(client))
                        : Optional.<KeyFactory.NewKey>empty();
        return new KeyRotation(store, making(client), deployed, settings.by())
                .rotate(settings.publishFor(), settings.rotateAfter(), now);
    }

    private KeyFactory making(KmsClient client) {
        return settings.signer() == SignerKind.KMS
                ? new KmsKeyFactory(client, settings.tableName(), System.err::println)
                : new SealedKeyFactory(new SealedKeys(client, settings.signingKey(), settings.tableName()));
    }

    private KeyFactory.NewKey openDeployed(KmsClient client) throws SignerUnavailable {
        var arn = settings.signingKey();
        return new KeyFactory.NewKey(KmsSigner.open(client, arn), new KeyRecord.KeyLocation.InKms(arn));
    }

    /**
     * @throws IOException when no key was made although one is due: that no alarm went off would read as "all is well"
     */
    static JsonObject told(Outcome outcome) throws IOException {
        var told = JsonObject.builder().put("event", "key_rotation");
        return outcome.match(
                        changed -> rotated(told.put("result", "rotated"), changed.made()),
                        notDue -> told.put("result", "not_due")
                                .put("kid", notDue.newest().keyId()),
                        overtaken -> told.put("result", "overtaken"),
                        refused -> {
                            throw new IOException(NO_KEY + refused.why());
                        })
                .build();
    }

    private static JsonObject.Builder rotated(JsonObject.Builder told, Optional<KeyRecord> made) {
        made.ifPresent(
                key -> told.put("kid", key.keyId()).put("signs_from", key.sign().toString()));
        return told;
    }
}
