// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.credential.CredentialServices;
import io.taskbound.credential.Envelope;
import io.taskbound.credential.NotServed;
import io.taskbound.identity.FetchPolicy;
import io.taskbound.issuer.Delivering;
import io.taskbound.openbao.OpenbaoService;
import io.taskbound.outbound.OutboundHttp;
import io.taskbound.token.DataKeys;
import io.taskbound.token.Jti;
import io.taskbound.token.KmsDataKeys;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.SigningKeys;
import java.time.Clock;
import javax.crypto.SecretKey;

/** Wires the services whose credentials a function hands out. */
final class DeliveryWiring {
    private static final String NO_KEY = "the function has no " + Settings.SECRETS_KEY
            + ", so nothing can be sealed: set it to the ARN of a symmetric KMS key";

    /** For a function that hands out none. */
    static final Delivering NONE = Delivering.of(
            new CredentialServices(new NotServed<>(NO_KEY), new NotServed<>(NO_KEY), new NotServed<>(NO_KEY)),
            new Envelope(new NoDataKeys(), ""));

    private DeliveryWiring() {}

    /** @param keys the issuer's own, by which it logs in at services that believe it */
    static Delivering of(Settings settings, SigningKeys keys, KmsConnection kms, StsConnection sts, Clock clock) {
        var sessions = sts.sessions();
        var http = new OutboundHttp(new FetchPolicy(false, settings.privateHosts()));
        return settings.secretsKey()
                .map(key -> Delivering.of(
                        new CredentialServices(
                                new NotServed<>(NO_KEY),
                                sessions,
                                new OpenbaoService(settings.issuerUrl(), keys, http, clock)),
                        new Envelope(new KmsDataKeys(kms.client(), key, settings.tableName()), settings.tableName())))
                .orElseGet(() -> Delivering.of(
                        new CredentialServices(new NotServed<>(NO_KEY), sessions, new NotServed<>(NO_KEY)),
                        NONE.envelope()));
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
