// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.credential;

import java.net.URI;

/**
 * Where a wrapper serves AWS credentials to its command.
 *
 * @param uri on a loopback address, as the SDKs demand of plain http
 * @param authorizationFile its content has to be the request's {@code Authorization} header
 * @param emptyFile stands in for the files of the user, whose profiles would come before the endpoint
 */
public record AwsEndpoint(URI uri, String authorizationFile, String emptyFile) {}
