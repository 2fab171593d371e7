// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.approval.ApprovalId;

/** Where people see what they are asked to approve. */
public final class ApprovalAddress {
    /** The approval's id follows. */
    public static final String PAGE_PATH = "/approve/";

    private ApprovalAddress() {}

    public static String of(String issuer, ApprovalId id) {
        return issuer + PAGE_PATH + id;
    }
}
