// SPDX-License-Identifier: Apache-2.0
module consumer {
    requires io.taskbound.client;
    // An automatic module cannot say what it needs.
    requires com.nimbusds.jose.jwt;
    requires java.net.http;
}
