// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.approval.ApprovalId;
import io.taskbound.page.Link;
import io.taskbound.task.ProviderName;

/** Where the pages are: below the issuer's configured URL, never below what a request calls the host. */
final class PageAddresses {
    /** The approval's id follows. */
    static final String PATH = "/approve/";

    static final String CALLBACK = "callback";
    static final String LOGIN = "login";
    static final String AGAIN = "again";

    private final String base;

    PageAddresses(String issuerUrl) {
        this.base = issuerUrl.endsWith("/") ? issuerUrl.substring(0, issuerUrl.length() - 1) : issuerUrl;
    }

    String approval(ApprovalId id) {
        return base + PATH + id;
    }

    /** From where a person begins again. */
    Link link(ApprovalId id) {
        return new Link("Open the approval", approval(id));
    }

    /** What has to be registered with each identity provider. */
    String callback() {
        return base + PATH + CALLBACK;
    }

    String login(ApprovalId id, ProviderName provider) {
        return approval(id) + "/" + LOGIN + "/" + provider;
    }

    /** The same for somebody who is logged in already, as somebody else. */
    String loginAnew(ApprovalId id, ProviderName provider) {
        return login(id, provider) + "/" + AGAIN;
    }
}
