// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The least that a function in Java can be: what {@link ColdStartBench} compares with. */
public final class EmptyHandler implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        output.write("{\"statusCode\":200}".getBytes(StandardCharsets.UTF_8));
    }
}
