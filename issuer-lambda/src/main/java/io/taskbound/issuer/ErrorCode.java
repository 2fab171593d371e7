// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

/**
 * The error codes on the wire (RFC 6749 section 5.2, RFC 8693 section 2.2.2, RFC 9396 section 5, RFC 9449) and their
 * status.
 */
public enum ErrorCode {
    INVALID_REQUEST("invalid_request", 400),
    INVALID_TARGET("invalid_target", 400),
    INVALID_AUTHORIZATION_DETAILS("invalid_authorization_details", 400),
    /** A rule allows the request, but not now: a budget of the task is used up (RFC 8628 section 3.5 has the code). */
    ACCESS_DENIED("access_denied", 400),
    /** People have to approve the request first (RFC 8628 section 3.5). */
    AUTHORIZATION_PENDING("authorization_pending", 400),
    /** The same, and it was asked for too soon. */
    SLOW_DOWN("slow_down", 400),
    /** The time in which people could approve it is over. */
    EXPIRED_TOKEN("expired_token", 400),
    /** The proof of a key is bad, or there has to be one (RFC 9449 section 5). */
    INVALID_DPOP_PROOF("invalid_dpop_proof", 400),
    /** It has to carry the nonce of this answer (RFC 9449 section 8). */
    USE_DPOP_NONCE("use_dpop_nonce", 400),
    UNSUPPORTED_GRANT_TYPE("unsupported_grant_type", 400),
    /** The token to renew is not alive. */
    INVALID_GRANT("invalid_grant", 400),
    /** The resource server's credentials are bad or absent. */
    INVALID_CLIENT("invalid_client", 401),
    /** A delivery to a hook that does not prove where it comes from; no code of OAuth's, and no alarm of ours. */
    INVALID_DELIVERY("invalid_delivery", 401),
    /** An authentic delivery of a hook about what the hook may not speak for. */
    FOREIGN_DELIVERY("foreign_delivery", 403),
    /** Ledger, provider keys or signer are out of reach; nothing was issued. */
    TEMPORARILY_UNAVAILABLE("temporarily_unavailable", 503),
    /** A fault of ours; the audit log has it under the request id. */
    SERVER_ERROR("server_error", 500);

    private final String wire;
    private final int status;

    ErrorCode(String wire, int status) {
        this.wire = wire;
        this.status = status;
    }

    public String wire() {
        return wire;
    }

    /** The usual HTTP status of this code. */
    public int status() {
        return status;
    }
}
