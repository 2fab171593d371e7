// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.credential.CredentialServices;
import io.taskbound.credential.Envelope;
import io.taskbound.credential.NotServed;
import io.taskbound.github.GithubService;
import io.taskbound.identity.FetchPolicy;
import io.taskbound.issuer.Delivering;
import io.taskbound.issuer.TableAppKeys;
import io.taskbound.ledger.DynamoConnection;
import io.taskbound.openbao.OpenbaoService;
import io.taskbound.outbound.OutboundHttp;
import io.taskbound.token.DataKeys;
import io.taskbound.token.Jti;
import io.taskbound.token.KmsAppKeys;
import io.taskbound.token.KmsDataKeys;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.SigningKeys;
import java.time.Clock;
import javax.crypto.SecretKey;

/** Wires the services whose credentials a function hands out. */
final class DeliveryWiring {
    private static final String NO_KEY = "the function has no " + Settings.SECRETS_KEY
            + ", so nothing can be sealed: set it to the ARN of a symmetric KMS key";

    private DeliveryWiring() {}

    /** For a function that hands out none. Not a constant: a snapshot must hold no source of randomness. */
    static Delivering none() {
        return Delivering.of(
                new CredentialServices(new NotServed<>(NO_KEY), new NotServed<>(NO_KEY), new NotServed<>(NO_KEY)),
                new Envelope(new NoDataKeys(), ""));
    }

    /**
     * Everything is made again: a function's connections end around a snapshot, and with them what was made of them.
     *
     * @param keys with which the issuer logs in at a Vault
     */
    static Delivering of(
            Settings settings,
            DynamoConnection dynamo,
            KmsConnection kms,
            StsConnection sts,
            SigningKeys keys,
            Clock clock) {
        return settings.secretsKey()
                .map(key -> of(settings, key, dynamo, kms, sts, keys, clock))
                .orElseGet(() -> Delivering.of(
                        new CredentialServices(new NotServed<>(NO_KEY), sts.sessions(), new NotServed<>(NO_KEY)),
                        none().envelope()));
    }

    private static Delivering of(
            Settings settings,
            String secretsKey,
            DynamoConnection dynamo,
            KmsConnection kms,
            StsConnection sts,
            SigningKeys keys,
            Clock clock) {
        var table = settings.tableName();
        var http = new OutboundHttp(new FetchPolicy(false, settings.privateHosts()));
        var appKeys =
                new TableAppKeys(dynamo.appKeys(settings.table()), new KmsAppKeys(kms.client(), secretsKey, table));
        return Delivering.of(
                new CredentialServices(
                        new GithubService(appKeys, http),
                        sts.sessions(),
                        new OpenbaoService(settings.issuerUrl(), keys, http, clock)),
                new Envelope(new KmsDataKeys(kms.client(), secretsKey, table), table));
    }

    private static final class NoDataKeys implements DataKeys {
        @Override
        public DataKey generate(Jti handle) throws SignerUnavailable {
            throw new SignerUnavailable(SignerUnavailable.Why.ABSENT, NO_KEY);
        }

        @Override
        public SecretKey open(Jti handle, String sealed) throws SignerUnavailable {
            throw new SignerUnavailable(SignerUnavailable.Why.ABSENT, NO_KEY);
        }
    }
}
