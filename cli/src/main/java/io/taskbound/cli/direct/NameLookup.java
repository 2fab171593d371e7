// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.direct;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks up a name in a thread of its own, which can be left when the name server does not answer. Only a new connection
 * needs it. Of several addresses the first is taken, as the JDK's client does, so that one time limit is enough.
 */
final class NameLookup implements DnsResolver {
    private final ExecutorService threads;
    private final Duration most;

    /** @param atOnce how many lookups at once; more wait, within their time limit */
    NameLookup(int atOnce, Duration most) {
        this.most = most;
        this.threads = Executors.newFixedThreadPool(atOnce, work -> {
            var thread = new Thread(work, "taskbound-name-lookup");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        var found = threads.submit(() -> InetAddress.getByName(host));
        try {
            return new InetAddress[] {found.get(most.toMillis(), TimeUnit.MILLISECONDS)};
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException("interrupted");
        } catch (ExecutionException | TimeoutException unknown) {
            throw new UnknownHostException("no address was found in time");
        } finally {
            found.cancel(true);
        }
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
