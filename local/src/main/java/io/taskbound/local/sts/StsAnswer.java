// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.sts;

/** What goes back to the client: the XML of AWS's query protocol, or what a test wants instead. */
record StsAnswer(int status, String type, String body) {
    private static final String XML = "text/xml";
    private static final String NAMESPACE = "xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"";
    private static final String REQUEST_ID = element("RequestId", "c6104cbe-af31-11e0-8154-cbc7ccf896c7");

    /** @param content elements, escaped where they need it */
    static StsAnswer result(String action, String content) {
        return new StsAnswer(
                200,
                XML,
                "<" + action + "Response " + NAMESPACE + ">" + element(action + "Result", content)
                        + element("ResponseMetadata", REQUEST_ID) + "</" + action + "Response>");
    }

    static StsAnswer of(StsFault fault) {
        var error = element("Type", "Sender")
                + element("Code", fault.code())
                + element("Message", escaped(String.valueOf(fault.getMessage())));
        return new StsAnswer(
                fault.status(),
                XML,
                "<ErrorResponse " + NAMESPACE + ">" + element("Error", error) + REQUEST_ID + "</ErrorResponse>");
    }

    static String element(String name, String content) {
        return "<" + name + ">" + content + "</" + name + ">";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
