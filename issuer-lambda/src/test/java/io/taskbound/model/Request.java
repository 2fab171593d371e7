// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

/** The requests to the table that the verbs are made of, and what is no request. */
enum Request {
    PUT_TOKEN("PutItem"),
    READ_BLOCKS("BatchGetItem"),
    READ_DENY_LIST("Query"),
    LOOK("BatchGetItem"),
    COUNT_USE("UpdateItem"),
    COUNT_ONLY("UpdateItem"),
    END_SPENT("UpdateItem"),
    RENEW("UpdateItem"),
    CLOSE("UpdateItem"),
    CLOSE_CONTROL("UpdateItem"),
    CLOSE_PROOFS("UpdateItem"),
    QUERY_RUN("Query"),
    MARK_UNSIGNED("UpdateItem"),
    MARK_SIGNED("UpdateItem"),
    FIND("BatchGetItem"),
    PUT_DENIAL("PutItem"),
    MOVE_VERSION("UpdateItem"),
    LIFT_DENIAL("UpdateItem"),
    QUERY_INDEX("Query"),
    READ_SWEPT("BatchGetItem"),
    REARM("UpdateItem"),
    END_SWEPT("UpdateItem"),
    /** A line of the audit log, or a decision. */
    NONE("");

    private final String operation;

    Request(String operation) {
        this.operation = operation;
    }

    /** DynamoDB's name; empty for what is no request. */
    String operation() {
        return operation;
    }

    boolean writes() {
        return operation.equals("PutItem") || operation.equals("UpdateItem");
    }
}
