// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.direct;

import io.taskbound.client.TransportRequest;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** A request that knows whether its body was asked for, which happens once there is a connection. */
final class SentRequest extends HttpUriRequestBase {
    private static final long serialVersionUID = 1L;

    private volatile boolean left;

    SentRequest(TransportRequest request) {
        super(request.method(), request.uri());
        request.headers().forEach(this::setHeader);
        if (request.method().equals("POST")) {
            // Its type is among the headers.
            setEntity(new HttpEntityWrapper(new ByteArrayEntity(request.body(), null)) {
                @Override
                public void writeTo(OutputStream out) throws IOException {
                    left = true;
                    super.writeTo(out);
                }
            });
        } else {
            // It is never asked for a body.
            left = true;
        }
    }

    /** False when nothing but a greeting of TLS can have reached the other side. */
    boolean mayHaveLeft() {
        return left;
    }
}
