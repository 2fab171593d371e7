// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import javax.crypto.SecretKey;

/**
 * Keys for one record each (envelope encryption): KMS makes and opens them, or a key on this machine. Safe for use by
 * many threads.
 */
public interface DataKeys {
    /**
     * A new key for what belongs to this token; bound to it, so that it opens no other record.
     *
     * @throws SignerUnavailable when none can be made now; nothing can be sealed then
     */
    DataKey generate(Jti handle) throws SignerUnavailable;

    /**
     * The key that {@link #generate} sealed for the same token.
     *
     * @param sealed as {@link DataKey#sealed} was, or anything that somebody wrote in its place
     * @throws SignerUnavailable also when it was sealed for another token, or by another key
     */
    SecretKey open(Jti handle, String sealed) throws SignerUnavailable;

    /**
     * A key and its sealed form.
     *
     * @param plain 256 bits, for AES-GCM; never kept
     * @param sealed base64
     */
    record DataKey(SecretKey plain, String sealed) {
        @Override
        public String toString() {
            return "DataKey";
        }
    }
}
