// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A SAM template with its zip, deployed to an {@link AwsServer} as {@code sam deploy} does it: the zip goes into a
 * bucket, the template through SAM's own translator, and CloudFormation makes the stack. Tests only.
 */
public final class AwsStack {
    public static final String REGION = "us-east-1";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String BUCKET = "acme-deployments";
    private final URI endpoint;
    private final String name;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> outputs = new LinkedHashMap<>();

    private AwsStack(URI endpoint, String name) {
        this.endpoint = endpoint;
        this.name = name;
    }

    /**
     * @param root of the source tree
     * @param packaged the template that {@code infra/package} has made
     * @param parameters besides {@code CodeBucket} and {@code CodeKey}
     * @throws IllegalStateException when the server refuses it; the message is the server's
     */
    public static AwsStack deploy(
            AwsServer server, String name, Path root, Path packaged, Path zip, Map<String, String> parameters)
            throws AwsServer.Unavailable, IOException, InterruptedException {
        var stack = new AwsStack(server.endpoint(), name);
        var all = new LinkedHashMap<>(parameters);
        all.put("CodeBucket", BUCKET);
        all.put("CodeKey", String.valueOf(zip.getFileName()));
        stack.ask("s3", "PUT", "/" + BUCKET, BodyPublishers.noBody());
        stack.ask("s3", "PUT", "/" + BUCKET + "/" + zip.getFileName(), BodyPublishers.ofFile(zip));
        stack.create(SamTemplate.plain(root, packaged, settings(all)), all);
        stack.readOutputs();
        return stack;
    }

    private static List<String> settings(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    private void create(String template, Map<String, String> parameters) throws IOException, InterruptedException {
        var form = new LinkedHashMap<>(Map.of(
                "Action", "CreateStack",
                "Version", "2010-05-15",
                "StackName", name,
                "TemplateBody", template,
                "Capabilities.member.1", "CAPABILITY_IAM"));
        var names = List.copyOf(parameters.keySet());
        for (int i = 0; i < names.size(); i++) {
            form.put("Parameters.member." + (i + 1) + ".ParameterKey", names.get(i));
            form.put("Parameters.member." + (i + 1) + ".ParameterValue", parameters.getOrDefault(names.get(i), ""));
        }
        cloudFormation(form);
    }

    private void readOutputs() throws IOException, InterruptedException {
        var answer = cloudFormation(Map.of("Action", "DescribeStacks", "Version", "2010-05-15", "StackName", name));
        var status = text(answer.getElementsByTagName("StackStatus"));
        if (!status.equals("CREATE_COMPLETE")) {
            throw new IllegalStateException(status + " " + text(answer.getElementsByTagName("StackStatusReason")));
        }
        var keys = answer.getElementsByTagName("OutputKey");
        IntStream.range(0, keys.getLength()).mapToObj(keys::item).forEach(key -> {
            var member = (Element) key.getParentNode();
            outputs.put(key.getTextContent(), text(member.getElementsByTagName("OutputValue")));
        });
    }

    private static String text(NodeList found) {
        return found.getLength() == 0 ? "" : String.valueOf(found.item(0).getTextContent());
    }

    /** What the template's outputs say. */
    public Map<String, String> outputs() {
        return Map.copyOf(outputs);
    }

    /** What Lambda knows of a function, as JSON. */
    public String function(String named) throws IOException, InterruptedException {
        return ask("lambda", "GET", "/2015-03-31/functions/" + named + "/configuration", BodyPublishers.noBody());
    }

    /** What Lambda does with events that a function failed on, as JSON. */
    public String failures(String function) throws IOException, InterruptedException {
        return ask(
                "lambda", "GET", "/2019-09-25/functions/" + function + "/event-invoke-config", BodyPublishers.noBody());
    }

    /**
     * Calls an operation of a service with AWS's JSON protocol.
     *
     * @param target such as {@code AmazonSQS.ReceiveMessage}
     * @return the answer, JSON or nothing
     */
    public String call(String service, String target, String json) throws IOException, InterruptedException {
        return send(request(service, "/")
                .POST(BodyPublishers.ofString(json))
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", target));
    }

    private Document cloudFormation(Map<String, String> form) throws IOException, InterruptedException {
        var body = form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var answer = ask("cloudformation", "POST", "/", BodyPublishers.ofString(body));
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)));
        } catch (ParserConfigurationException | SAXException notXml) {
            throw new IllegalStateException(answer, notXml);
        }
    }

    private String ask(String service, String method, String path, BodyPublisher body)
            throws IOException, InterruptedException {
        return send(request(service, path)
                .method(method, body)
                .header("Content-Type", service.equals("cloudformation") ? FORM : "application/octet-stream"));
    }

    /** The server tells services apart by the credential's scope, and checks no signature. */
    private HttpRequest.Builder request(String service, String path) {
        return HttpRequest.newBuilder(endpoint.resolve(path))
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=local/20261127/" + REGION + "/" + service
                                + "/aws4_request, SignedHeaders=host, Signature=none");
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = client.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(
                    answer.request().uri() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }
}
