// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;

/** What Lambda tells a function about its invocation; the issuer reads the request id alone. */
final class StandInContext implements Context {
    @Override
    public String getAwsRequestId() {
        return "8476a536-e9f4-11e8-9739-2dfe598c3fcd";
    }

    @Override
    public String getLogGroupName() {
        throw new AssertionError("not to be read");
    }

    @Override
    public String getLogStreamName() {
        throw new AssertionError("not to be read");
    }

    @Override
    public String getFunctionName() {
        throw new AssertionError("not to be read");
    }

    @Override
    public String getFunctionVersion() {
        throw new AssertionError("not to be read");
    }

    @Override
    public String getInvokedFunctionArn() {
        throw new AssertionError("not to be read");
    }

    @Override
    public CognitoIdentity getIdentity() {
        throw new AssertionError("not to be read");
    }

    @Override
    public ClientContext getClientContext() {
        throw new AssertionError("not to be read");
    }

    @Override
    public int getRemainingTimeInMillis() {
        throw new AssertionError("not to be read");
    }

    @Override
    public int getMemoryLimitInMB() {
        throw new AssertionError("not to be read");
    }

    @Override
    public LambdaLogger getLogger() {
        throw new AssertionError("not to be read");
    }
}
