// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.credential.Access;
import io.taskbound.credential.CredentialOrder;
import io.taskbound.credential.CredentialService;
import io.taskbound.credential.CredentialServices;
import io.taskbound.credential.Envelope;
import io.taskbound.credential.ForeignCredential;
import io.taskbound.issuer.Delivering;
import io.taskbound.json.JsonObject;
import io.taskbound.token.LocalDataKeys;
import java.time.Instant;
import java.util.Optional;

/** A foreign service that gives what it is asked for at once: what is left is the issuer's own work. */
final class InstantServices<A extends Access> implements CredentialService<A> {
    private InstantServices() {}

    /** What revoking needs is really sealed, by a key that no other service makes. */
    static Delivering delivering() {
        return Delivering.of(
                new CredentialServices(new InstantServices<>(), new InstantServices<>(), new InstantServices<>()),
                new Envelope(LocalDataKeys.generate(), DynamoProcess.TABLE));
    }

    @Override
    public Instant mayLiveUntil(A access, CredentialOrder order) {
        return order.expires();
    }

    @Override
    public ForeignCredential issue(A access, CredentialOrder order) {
        return new ForeignCredential(
                JsonObject.builder().put("token", "hvs.a-token-of-some-length").build(),
                JsonObject.builder()
                        .put("address", "https://vault.acme.example")
                        .build(),
                order.expires(),
                Optional.of(
                        "{\"address\":\"https://vault.acme.example\",\"mount\":\"jwt\",\"accessor\":\"an-accessor\"}"));
    }

    @Override
    public void revoke(String revocation) {}
}
