// SPDX-License-Identifier: Apache-2.0
package io.taskbound.credential;

import java.time.Instant;
import java.util.Optional;

/** A kind of service that this issuer is not set up for. */
public final class NotServed<A extends Access> implements CredentialService<A> {
    private final String why;

    /** @param why for the audit log: what is missing, and where to set it */
    public NotServed(String why) {
        this.why = why;
    }

    @Override
    public Instant mayLiveUntil(A access, CredentialOrder order) {
        return order.now();
    }

    @Override
    public ForeignCredential issue(A access, CredentialOrder order) throws CredentialRefused {
        throw new CredentialRefused(
                "this issuer is not set up for credentials of this kind; give the request_id to its administrator",
                why);
    }

    @Override
    public void revoke(String revocation) throws CredentialUnavailable {
        throw new CredentialUnavailable(why, false, Optional.empty());
    }
}
