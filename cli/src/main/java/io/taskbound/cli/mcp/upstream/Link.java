// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.upstream;

import io.taskbound.cli.mcp.rpc.RpcMessage;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Carries messages to a server. Thread-safe. */
interface Link extends AutoCloseable {
    /**
     * What came back.
     *
     * @param status of HTTP; 200 where there is none
     * @param answer a result or an error; empty if HTTP alone answered
     * @param session that the server wants named from now on
     */
    record Reply(int status, Optional<RpcMessage> answer, Optional<String> session) {}

    /** @param headers that mirror the message; of no use but over HTTP */
    Reply ask(RpcMessage.Call call, Map<String, String> headers, Duration patience) throws UpstreamFault;

    void tell(RpcMessage.Notice notice, Map<String, String> headers) throws UpstreamFault;

    /** Ends it; what waits for an answer fails. */
    @Override
    void close();
}
