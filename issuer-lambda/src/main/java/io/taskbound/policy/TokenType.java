// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

/**
 * The {@code typ} header that a resource server accepts (RFC 9068 section 2.1); some decoders only accept {@code JWT}.
 */
public enum TokenType {
    AT_JWT("at+jwt"),
    JWT("JWT");

    private final String header;

    TokenType(String header) {
        this.header = header;
    }

    public String header() {
        return header;
    }
}
