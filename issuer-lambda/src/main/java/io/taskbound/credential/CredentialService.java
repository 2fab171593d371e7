// SPDX-License-Identifier: Apache-2.0
package io.taskbound.credential;

import java.time.Instant;

/**
 * A kind of foreign service. Every call is bounded: it ends within 10 s, whatever the other side does. Safe for use by
 * many threads.
 *
 * @param <A> what this kind is asked for
 */
public interface CredentialService<A extends Access> {
    /**
     * Until when a credential may be alive that was asked for and of which no answer came; known before asking, and
     * written down before.
     */
    Instant mayLiveUntil(A access, CredentialOrder order);

    /**
     * Asks the service. What comes back is checked: it opens what was asked for and nothing more, else it is revoked at
     * once and counts as refused.
     *
     * @throws CredentialRefused when the service says no, for this access at all times or until somebody changes it
     * @throws CredentialUnavailable when it cannot be had now
     */
    ForeignCredential issue(A access, CredentialOrder order) throws CredentialRefused, CredentialUnavailable;

    /**
     * Revokes what {@link #issue} made; returns when the service says that it is gone, also when it was gone before.
     *
     * @param revocation as {@link ForeignCredential#revocation} said; it contains all that is needed, whatever the
     *     policy says by now
     * @throws CredentialUnavailable when the service did not say so
     */
    void revoke(String revocation) throws CredentialUnavailable;
}
